/** The metrics that are scraped, by their names, which are never changed. Pure. */
import type { Family } from '../http/formats/openmetrics.ts';
import type { CommitFigures } from '../sale/object/commit-metrics.ts';
import type { HistogramFigures } from '../sale/object/histogram.ts';
import type { OpenSale, OpenSales } from '../stores/postgres/open-sales.ts';

export interface SaleMetrics {
  sale: OpenSale;
  /** Undefined where the event's object did not answer in time. */
  commits: CommitFigures | undefined;
}

const MS_PER_SECOND = 1_000;

export function familiesOf(counts: OpenSales['counts'], shown: SaleMetrics[]): Family[] {
  return [
    {
      name: 'swiftdrop_events',
      type: 'gauge',
      help: 'Events by state. Open ones are live or sold out; only the newest of them are told below.',
      samples: Object.entries(counts).map(([state, value]) => ({ labels: { state }, value })),
    },
    ...saleFamilies(shown.map(({ sale }) => sale)),
    {
      name: 'swiftdrop_line_up',
      type: 'gauge',
      help: 'Whether the object of an open event answered this time.',
      samples: shown.map(({ sale, commits }) => ({
        labels: { event: sale.id },
        value: commits === undefined ? 0 : 1,
      })),
    },
    ...commitFamilies(shown),
  ];
}

function saleFamilies(sales: OpenSale[]): Family[] {
  return [
    {
      name: 'swiftdrop_event_units',
      type: 'gauge',
      help: 'Units of an open event by where they are. They add up to what is on sale.',
      samples: sales.flatMap(({ id: event, stock: { remaining, held, sold } }) =>
        Object.entries({ remaining, held, sold }).map(([state, value]) => ({
          labels: { event, state },
          value,
        })),
      ),
    },
    {
      name: 'swiftdrop_event_queue_entries',
      type: 'gauge',
      help: 'Entries that wait in the queue of an open event.',
      samples: sales.map(({ id: event, queue }) => ({ labels: { event }, value: queue.waiting })),
    },
    {
      name: 'swiftdrop_event_queue_units',
      type: 'gauge',
      help: 'Units that those who wait for an open event wish for.',
      samples: sales.map(({ id: event, queue }) => ({
        labels: { event },
        value: queue.waitingUnits,
      })),
    },
    {
      name: 'swiftdrop_event_queue_offers',
      type: 'counter',
      help: 'Offers that were made to those who waited for an open event, since it was made.',
      samples: sales.map(({ id: event, queue }) => ({ labels: { event }, value: queue.offers })),
    },
    {
      name: 'swiftdrop_event_refusals',
      type: 'counter',
      help: 'Refused attempts of an open event since it was made, some seconds late.',
      samples: sales.flatMap(({ id: event, refusals }) =>
        Object.entries(refusals).map(([code, value]) => ({ labels: { event, code }, value })),
      ),
    },
  ];
}

/** They begin anew with each life of an object, as counters may. */
function commitFamilies(shown: SaleMetrics[]): Family[] {
  const measured = shown.flatMap(({ sale, commits }) =>
    commits ? [{ labels: { event: sale.id }, commits }] : [],
  );
  const each = (value: (commits: CommitFigures) => number) =>
    measured.map(({ labels, commits }) => ({ labels, value: value(commits) }));
  const spread = (histogram: (commits: CommitFigures) => HistogramFigures, perUnit = 1) =>
    measured.map(({ labels, commits }) => ({ labels, histogram: histogram(commits), perUnit }));
  return [
    {
      name: 'swiftdrop_line_woke_timestamp_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'When an event’s object woke: the counters of its line are since then.',
      samples: each(({ sinceMs }) => sinceMs / MS_PER_SECOND),
    },
    {
      name: 'swiftdrop_line_length',
      type: 'gauge',
      help: 'Attempts that wait for the next group.',
      samples: each(({ lineLength }) => lineLength),
    },
    {
      name: 'swiftdrop_line_settling',
      type: 'gauge',
      help: 'Attempts in the group that is being settled.',
      samples: each(({ settling }) => settling),
    },
    {
      name: 'swiftdrop_line_attempts',
      type: 'counter',
      help: 'Attempts that came, with those that the edge answered by itself.',
      samples: each(({ attempts }) => attempts),
    },
    {
      name: 'swiftdrop_line_answers',
      type: 'counter',
      help: 'Answered attempts by what they did or why they were refused.',
      samples: measured.flatMap(({ labels, commits }) =>
        Object.entries(commits.outcomes).map(([outcome, value]) => ({
          labels: { ...labels, outcome },
          value,
        })),
      ),
    },
    {
      name: 'swiftdrop_group_attempts',
      type: 'histogram',
      help: 'Attempts that were settled together.',
      samples: spread(({ groupSize }) => groupSize),
    },
    {
      name: 'swiftdrop_group_wait_seconds',
      type: 'histogram',
      unit: 'seconds',
      help: 'How long the first attempt of a group had waited when the group was sent.',
      samples: spread(({ waitMs }) => waitMs, MS_PER_SECOND),
    },
    {
      name: 'swiftdrop_group_settle_seconds',
      type: 'histogram',
      unit: 'seconds',
      help: 'How long the database took for a group.',
      samples: spread(({ settleMs }) => settleMs, MS_PER_SECOND),
    },
  ];
}
