/**
 * Calls each function of the shop's payment provider against a stripe-mock, and fails unless all requests
 * are taken and all answers are understood. Started by .ci/payments.
 *
 *   node .ci/send-payments.ts URL
 */
import type { PaymentProvider } from '../worker/payment/provider.ts';
import { encodeForm } from '../worker/payment/stripe/form.ts';
import { createStripe } from '../worker/payment/stripe/stripe.ts';

const NOW_MS = Date.now();
const HEADERS = { Authorization: 'Bearer sk_test_1' };

const [apiUrl = ''] = process.argv.slice(2);
/** What each request was answered. */
const answered: { request: string; status: number; body: string }[] = [];

const provider = createStripe({
  async fetch(url, init) {
    const answer = await fetch(url, init);
    const { status } = answer;
    const body = status === 200 ? '' : await answer.clone().text();
    answered.push({ request: `${init.method} ${new URL(url).pathname}`, status, body });
    return answer;
  },
  apiUrl,
  secretKey: 'sk_test_1',
  statement: 'Sale',
  instantMethods: ['bancontact', 'blik', 'eps', 'ideal', 'p24', 'twint'],
  timeoutMs: 10_000,
});

const range = { fromMs: NOW_MS - 60_000, toMs: NOW_MS };
const plan = {
  attemptId: 'att_1',
  orderId: 'ord_1',
  currency: 'EUR',
  lines: [
    { name: 'Lamp', unitMinor: 600, quantity: 2 },
    { name: 'Shipping', unitMinor: 490, quantity: 1 },
  ],
  successUrl: 'https://shop.example/pay?session={sessionId}',
  cancelUrl: 'https://shop.example/orders/ord_1',
  language: 'de',
  begunAtMs: NOW_MS,
  endsAtMs: NOW_MS + 300_000,
} as const;
const refund = { paymentId: 'pi_1', refundId: 'ref_1', amountMinor: 500, currency: 'EUR' };

/** One for each function that asks; another one of the provider does not compile, and is missed below. */
const calls: Record<
  Exclude<keyof PaymentProvider, 'amountFault' | 'disputePage' | 'tellsOfCapture'>,
  () => Promise<unknown>
> = {
  createSession: () => provider.createSession(plan, 'k1'),
  expireSession: () => provider.expireSession('cs_1', 'k2'),
  readSession: () => provider.readSession('cs_1'),
  readPayment: () => provider.readPayment('pi_1'),
  capture: () => provider.capture('pi_1', 'k3'),
  release: () => provider.release('pi_1', 'k4'),
  refund: () => provider.refund(refund, 'k5'),
  listRefunds: () => provider.listRefunds('pi_1'),
  listDisputes: () => provider.listDisputes('pi_1'),
  findPayments: () => provider.findPayments('att_1'),
  listPayments: () => provider.listPayments({ ...range, after: 'pi_1' }),
  listEvents: () => provider.listEvents({ ...range, after: 'evt_1' }),
};

let failed = 0;

function expectThat(isSo: boolean, what: string): void {
  console.log(`${isSo ? 'ok    ' : 'FAILED'} ${what}`);
  if (!isSo) failed += 1;
}

for (const [name, call] of Object.entries(calls)) {
  const before = answered.length;
  const error = await call().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const sent = answered.slice(before);
  const isTaken = sent.length > 0 && sent.every(({ status }) => status === 200);
  expectThat(isTaken, `${name}: ${sent.map(({ request }) => request).join(', ')}`);
  for (const { body } of sent) if (body !== '') console.log(body);
  expectThat(error === undefined, `${name}: its answer is understood`);
  if (error !== undefined) console.log(error);
}
/** They decide by themselves. */
const UNASKED = new Set(['amountFault', 'disputePage', 'tellsOfCapture']);
const missed = Object.keys(provider).filter((name) => !(name in calls || UNASKED.has(name)));
expectThat(missed.length === 0, `every function is called ${missed.join(' ')}`);

// Else nothing above would mean anything.
const wrong = await fetch(`${apiUrl}/v1/refunds`, {
  method: 'POST',
  headers: HEADERS,
  body: new URLSearchParams(encodeForm({ payment_intent: 'pi_1', colour: 'red' })),
});
expectThat(wrong.status === 400, 'stripe-mock refuses an unknown parameter');

console.log(`${answered.length} requests, ${failed} failures`);
process.exit(failed === 0 ? 0 : 1);
