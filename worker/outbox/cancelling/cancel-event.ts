/**
 * Works off what follows from the cancelling of an event, one batch for each row of the outbox: the row of the
 * next batch is written with what this one changes. Asks no provider: refunds are rows of their own.
 */
import type { OutboxPayload } from '../../contract/outbox.ts';
import type { Needs } from '../../deps/deps.ts';
import { cancelBatch } from '../../stores/postgres/event-cancellation.ts';
import { wakeSale } from '../../sweep/wake-sale.ts';
import type { TryOutcome } from '../rules/outcome.ts';

export type CancelNeeds = Needs<{
  outbox: 'wakePayments';
  sale: 'expireDue';
  stores: 'db';
  logging: 'log';
  platform: 'nowMs';
}>;

/** One try; may be repeated at any time and run twice at once. Throws a Fault where Postgres is away. */
export async function workOffCancelling(
  deps: CancelNeeds,
  batch: OutboxPayload<'event.cancel'>,
): Promise<TryOutcome> {
  await cancelBatch(deps.stores.db, batch, deps.platform.nowMs());
  // Viewers see what is not held any more.
  await wakeSale(deps, batch.eventId);
  deps.outbox.wakePayments();
  return { kind: 'done' };
}
