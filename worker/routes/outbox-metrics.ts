/** The outbox's metrics, by their names, which are never changed. Pure. */
import type { Family } from '../http/formats/openmetrics.ts';
import type { OutboxFigures } from '../stores/postgres/outbox-admin.ts';

const MS_PER_SECOND = 1_000;

/** Gauges of what Postgres has now: the dispatcher sleeps most of the time, and would forget counters. */
export function outboxFamilies({ waiting, givenUp, ended, oldestDueMs }: OutboxFigures): Family[] {
  return [
    {
      name: 'swiftdrop_outbox_waiting',
      type: 'gauge',
      help: 'What is still to be done in the world outside, due or not.',
      samples: waiting.map(({ kind, count }) => ({ labels: { kind }, value: count })),
    },
    {
      name: 'swiftdrop_outbox_failed_tries',
      type: 'gauge',
      help: 'Failed tries of what is still to be done.',
      samples: waiting.map(({ kind, tries }) => ({ labels: { kind }, value: tries })),
    },
    {
      name: 'swiftdrop_outbox_oldest_due_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'For how long the first of what is due has been due; 0 where nothing is.',
      samples: [{ labels: {}, value: oldestDueMs / MS_PER_SECOND }],
    },
    {
      name: 'swiftdrop_outbox_ended',
      type: 'gauge',
      help: 'What ended within the last hour, by how.',
      samples: ended.map(({ kind, outcome, count }) => ({
        labels: { kind, outcome },
        value: count,
      })),
    },
    {
      name: 'swiftdrop_outbox_given_up',
      type: 'gauge',
      help: 'What was given up within thirty days and not tried again.',
      samples: givenUp.map(({ kind, count }) => ({ labels: { kind }, value: count })),
    },
  ];
}
