/** Payments by methods that say only days later whether the money comes, as the page offers them for tests. */
import { chargeOf, markCaptured } from './intents.ts';
import { DELAYED_PAYMENT_MS } from './limits.ts';
import type { Charge, Intent, SessionRecord } from './objects.ts';
import { emit, find, startTimer, type World } from './world.ts';

/** The shopper has done what they can; nothing is reserved or taken. */
export function beginDelayed(
  world: World,
  record: SessionRecord,
  { intent, charge }: { intent: Intent; charge: Charge },
): void {
  charge.status = 'pending';
  charge.paid = false;
  intent.status = 'processing';
  const { id } = record.object;
  const atMs = world.nowMs() + DELAYED_PAYMENT_MS;
  startTimer(world, { kind: 'payment_settles', id, atMs });
  emit(world, 'payment_intent.processing', { object: intent, session: record });
  emit(world, 'checkout.session.completed', { object: record.object, session: record });
}

export function settle(world: World, record: SessionRecord): void {
  const { object: session } = record;
  const { state } = world;
  const { object: intent } = find(state.intents, session.payment_intent ?? '', 'payment_intent');
  if (intent.status !== 'processing') return;
  const charge = chargeOf(world, intent);
  if (record.fault === 'payment_delayed_fails') {
    charge.status = 'failed';
    intent.status = 'requires_payment_method';
    intent.last_payment_error = {
      type: 'card_error',
      code: 'payment_method_provider_decline',
      message: 'The bank did not pay.',
      charge: charge.id,
    };
    emit(world, 'charge.failed', { object: charge, session: record });
    emit(world, 'payment_intent.payment_failed', { object: intent, session: record });
    emit(world, 'checkout.session.async_payment_failed', { object: session, session: record });
    return;
  }
  Object.assign(charge, { status: 'succeeded', paid: true });
  markCaptured(intent, charge, intent.amount);
  session.payment_status = 'paid';
  emit(world, 'charge.succeeded', { object: charge, session: record });
  emit(world, 'payment_intent.succeeded', { object: intent, session: record });
  emit(world, 'checkout.session.async_payment_succeeded', { object: session, session: record });
}
