/** Refunds: made and listed. */
import { PaymentFault } from '../payment-fault.ts';
import type { PaymentProvider, Refund } from '../provider.ts';
import { stripeAmount } from './amounts.ts';
import { done, PAGE_ENTRIES_MAX, refused, rejected, valueIn } from './answers.ts';
import { callStripe, read, type StripePorts } from './call.ts';
import { listOf, refundSchema } from './objects.ts';
import { refundOf } from './states.ts';

const PATH = '/v1/refunds';
/** A payment has far fewer. */
const PAGES_MAX = 10;

export function refundCalls(ports: StripePorts): Pick<PaymentProvider, 'listRefunds' | 'refund'> {
  return {
    async refund({ paymentId, refundId, amountMinor, currency }, key) {
      const amount = stripeAmount(amountMinor, currency);
      if (amount === undefined) return refused('amount_not_payable');
      const params = { payment_intent: paymentId, amount, metadata: { refundId } };
      const answer = await callStripe(ports, { path: PATH, params, key });
      if (answer.refused === undefined) {
        return done(refundOf(read(refundSchema, answer.json), paymentId));
      }
      const { status, code, param } = answer.refused;
      if (status === 404) return refused('unknown');
      if (code === 'charge_disputed') return refused('disputed');
      if (code === 'charge_already_refunded') return refused('nothing_left');
      if (code === 'payment_intent_unexpected_state') return refused('not_captured');
      if (code === 'amount_too_large' || param === 'amount') return refused('amount_too_large');
      throw rejected(answer.refused);
    },

    async listRefunds(paymentId) {
      const refunds: Refund[] = [];
      let after: string | undefined;
      for (let page = 0; page < PAGES_MAX; page++) {
        const params = {
          payment_intent: paymentId,
          limit: PAGE_ENTRIES_MAX,
          starting_after: after,
        };
        const answer = await callStripe(ports, { path: PATH, params });
        const { data, has_more: more } = valueIn(listOf(refundSchema), answer);
        refunds.push(...data.map((refund) => refundOf(refund, paymentId)));
        after = data.at(-1)?.id;
        if (!more) return refunds;
      }
      throw new PaymentFault('unreadable', { cause: 'more refunds than a payment has' });
    },
  };
}
