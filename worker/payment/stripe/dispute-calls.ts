/** Disputes: listed, and where a person sees them. They are answered on Stripe's own pages. */
import type { PaymentProvider } from '../provider.ts';
import { PAGE_ENTRIES_MAX, valueIn } from './answers.ts';
import { callStripe, type StripePorts } from './call.ts';
import { disputeSchema, listOf } from './objects.ts';
import { disputeOf } from './states.ts';

const STRIPE = 'https://api.stripe.com';
const PAGES = 'https://dashboard.stripe.com';

export function disputeCalls(
  ports: StripePorts,
): Pick<PaymentProvider, 'disputePage' | 'listDisputes'> {
  return {
    async listDisputes(paymentId) {
      // A payment has one or two.
      const params = { payment_intent: paymentId, limit: PAGE_ENTRIES_MAX };
      const answer = await callStripe(ports, { path: '/v1/disputes', params });
      return valueIn(listOf(disputeSchema), answer).data.map((one) => disputeOf(one, paymentId));
    },

    disputePage(disputeId) {
      // What stands in for Stripe has no such pages.
      if (ports.apiUrl !== STRIPE) return undefined;
      const mode = /^[sr]k_test_/.test(ports.secretKey) ? '/test' : '';
      return `${PAGES}${mode}/disputes/${encodeURIComponent(disputeId)}`;
    },
  };
}
