/** Refunds of captured payments, whole or in part, and how they come about later with some cards. */
import * as z from 'zod';
import { badParam, badState } from './api-error.ts';
import { checkUndisputed } from './disputes.ts';
import type { Form } from './form.ts';
import { chargeOf, sessionOf } from './intents.ts';
import { AMOUNT_MAX, SLOW_REFUND_MS } from './limits.ts';
import { createdSchema, type List, pageOf, pageSchema } from './lists.ts';
import type { Charge, ChargeRecord, Intent, Refund } from './objects.ts';
import { integer, metadata, readParams } from './params.ts';
import { add, emit, find, nowS, startTimer, type World } from './world.ts';

const createSchema = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: integer({ min: 1, max: AMOUNT_MAX }).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.default({}),
});
const listSchema = z.strictObject({
  ...pageSchema,
  ...createdSchema,
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
});

export function createRefund(world: World, form: Form): Refund {
  const params = readParams(createSchema, form);
  const intent = intentOf(world, params);
  if (intent.status !== 'succeeded') {
    throw badState(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      { code: 'payment_intent_unexpected_state' },
    );
  }
  const charge = chargeOf(world, intent);
  checkUndisputed(world, charge);
  const amount = amountOf(charge, params.amount);
  const { refund: course } = find(world.state.charges, charge.id, 'charge');
  const { object: refund } = add<{ object: Refund }>(world.state.refunds, {
    object: {
      id: world.newId('re'),
      object: 'refund',
      amount,
      charge: charge.id,
      created: nowS(world),
      currency: charge.currency,
      livemode: false,
      metadata: params.metadata,
      payment_intent: intent.id,
      reason: params.reason ?? null,
      status: course === 'pending' ? 'pending' : 'succeeded',
    },
  });
  change(charge, amount);
  if (course !== undefined) {
    startTimer(world, {
      kind: 'refund_moves',
      id: refund.id,
      atMs: world.nowMs() + SLOW_REFUND_MS,
    });
  }
  tell(world, ['refund.created', 'charge.refunded'], refund);
  return refund;
}

export function readRefund({ state }: World, id: string): Refund {
  return find(state.refunds, id, 'refund').object;
}

export function listRefunds({ state }: World, form: Form): List<Refund> {
  const { payment_intent: intent, charge, ...page } = readParams(listSchema, form);
  const refunds = [...state.refunds.values()]
    .map(({ object }) => object)
    .filter((one) => intent === undefined || one.payment_intent === intent)
    .filter((one) => charge === undefined || one.charge === charge);
  return pageOf(refunds, page, '/v1/refunds');
}

/** One that was pending is done; one that was done fails, and its money is the shop's again. */
export function moveRefund(world: World, id: string): void {
  const { object: refund } = find(world.state.refunds, id, 'refund');
  const { object: charge, refund: course }: ChargeRecord = find(
    world.state.charges,
    refund.charge,
    'charge',
  );
  if (course === 'fails') {
    refund.status = 'failed';
    refund.failure_reason = 'expired_or_canceled_card';
    change(charge, -refund.amount);
    tell(world, ['refund.failed', 'refund.updated'], refund);
  } else {
    refund.status = 'succeeded';
    tell(world, ['refund.updated'], refund);
  }
}

function intentOf(
  { state }: World,
  { payment_intent: id, charge }: z.output<typeof createSchema>,
): Intent {
  if ((id === undefined) === (charge === undefined)) {
    throw badParam(
      'payment_intent',
      'One of the following params should be provided: payment_intent or charge.',
    );
  }
  const intentId = id ?? find(state.charges, charge ?? '', 'charge').object.payment_intent;
  return find(state.intents, intentId, 'payment_intent').object;
}

function amountOf(charge: Charge, asked: number | undefined): number {
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) {
    throw badState(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  if (asked !== undefined && asked > left) {
    throw badState(
      `Refund amount (${asked}) is greater than unrefunded amount on charge (${left})`,
      { param: 'amount' },
    );
  }
  return asked ?? left;
}

function change(charge: Charge, refunded: number): void {
  charge.amount_refunded += refunded;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
}

function tell(world: World, types: readonly string[], refund: Refund): void {
  const { state } = world;
  const session = sessionOf(world, find(state.intents, refund.payment_intent, 'payment_intent'));
  const { object: charge } = find(state.charges, refund.charge, 'charge');
  for (const type of types) {
    emit(world, type, { object: type.startsWith('charge') ? charge : refund, session });
  }
}
