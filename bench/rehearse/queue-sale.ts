/** What a rehearsed sale with a queue adds to one without: its shoppers' context, and its evidence. */
import { UserError } from '../../local/user-error.ts';
import type { Audit } from './audit.ts';
import { QUEUE_LIMIT, type QueueMode } from './queue-part.ts';
import type { QueueContext } from './queue-shopper.ts';
import type { SaleContext } from './sale-context.ts';
import type { OpenedEvent, QueueRow, ShopClient } from './shop-client.ts';
import type { Evidence } from './verdict.ts';

/** @throws UserError where the shop locks a draw's entries before anybody can enter. */
export function queueContext(
  mode: QueueMode,
  context: SaleContext & { shop: ShopClient },
  event: OpenedEvent,
): QueueContext {
  const [eventItemId] = event.items.map(({ id }) => id);
  if (eventItemId === undefined) throw new UserError('the event was made without an item');
  const { entriesCloseAt } = event;
  const locksAtMs = entriesCloseAt ? Date.parse(entriesCloseAt) : context.opensAtMs;
  if (mode === 'draw' && locksAtMs <= context.serverNow()) {
    throw new UserError('this shop locks the entries at once; a longer --lead gives time to enter');
  }
  return { ...context, mode, eventItemId, locksAtMs, entries: new Map() };
}

export function queueEvidence(
  { entries, observations, opensAtMs }: QueueContext,
  rows: readonly QueueRow[],
  { integrity }: Audit,
): Pick<Evidence, 'queue' | 'limitPerCustomer'> {
  const offers = new Set(rows.flatMap(({ order }) => order?.id ?? []));
  const bought = observations.holds
    .filter(({ orderId }) => !offers.has(orderId))
    .map(({ reservedAtMs, units }) => ({ atMs: reservedAtMs, units }));
  const remaining = integrity?.items[0]?.remaining ?? 0;
  return {
    limitPerCustomer: QUEUE_LIMIT,
    queue: { rows, told: entries, bought, remaining, opensAtMs },
  };
}
