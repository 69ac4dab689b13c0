/**
 * A settled group as one data point of Analytics Engine, for whoever has its dataset bound. One per
 * group and none per purchase. docs/observability.md names the columns.
 */
import type { EventId } from '../../contract/ids.ts';
import { type GroupReport, isRefusal, type Outcome } from './commit-metrics.ts';

/** Does nothing where no dataset is bound. Never throws: figures are no reason to fail a group. */
export function writeGroup(
  dataset: Pick<AnalyticsEngineDataset, 'writeDataPoint'> | undefined,
  eventId: EventId,
  group: GroupReport,
): void {
  try {
    dataset?.writeDataPoint({ indexes: [eventId], doubles: columnsOf(group) });
  } catch {
    // More points than one invocation may write.
  }
}

/** In the order of their columns, which is never changed: new ones go to the end. */
function columnsOf({ size, waitMs, settleMs, tries, lineLength, outcomes }: GroupReport): number[] {
  const { reserve = 0, confirm = 0, cancel = 0, replayed = 0 } = outcomes;
  const { sold_out = 0, limit_reached = 0, not_open = 0, closed = 0, hold_expired = 0 } = outcomes;
  const { enter = 0, leave = 0, queue_ahead = 0 } = outcomes;
  const refused = Object.entries(outcomes).reduce(
    (sum, [outcome, times]) => (isRefusal(outcome as Outcome) ? sum + times : sum),
    0,
  );
  return [size, waitMs, settleMs, tries, lineLength]
    .concat([reserve, confirm, cancel, replayed, refused])
    .concat([sold_out, limit_reached, not_open, closed, hold_expired])
    .concat([enter, leave, queue_ahead]);
}
