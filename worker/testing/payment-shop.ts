/**
 * A shop that is paid online, in tests in workerd: the real Worker and objects, and the local Stripe, whose
 * webhooks are kept and delivered when a test wants it.
 */
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { InstantMethod } from '../config/instant-methods.ts';
import type { EventId, EventItemId, PaymentId } from '../contract/ids.ts';
import type { Order, OrderAnswer } from '../contract/orders.ts';
import type { PaymentAnswer } from '../contract/payments.ts';
import { NO_TAX } from '../contract/totals.ts';
import { lookAtEvent } from '../paying/look-at-event.ts';
import type { LookNeeds } from '../paying/look-at-payment.ts';
import { LOOK_EVERY_MS } from '../paying/pay-for-order.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import { createStripe } from '../payment/stripe/stripe.ts';
import { markEventsWorked } from '../stores/postgres/payment-events.ts';
import { expectDescribed } from './answers.ts';
import { callsTo, depsWith } from './apps.ts';
import { needsOf, paymentRowOf, workOff } from './payment-outbox.ts';
import { hold, pass } from './purchases.ts';
import { type CallOptions, makeEvent, makeShopper, type Shopper, shopEnv } from './shop.ts';

const SECRET_KEY = 'sk_test_tests';
const WEBHOOK_SECRET = 'whsec_tests';
export const VISA = '4242424242424242';
export const DECLINED = '4000000000000002';

/** As it was sent. */
export interface Delivery {
  id: string;
  type: string;
  body: string;
  signature: string;
}

export interface Held {
  shopper: Shopper;
  order: Order;
  eventId: EventId;
  eventItemId: EventItemId;
}

/** A local Stripe, by its controls: see local/stripe/README.md. */
interface Stripe {
  url: string;
  /** Where its webhooks are kept. */
  heardUrl: string;
  setFaults(faults: object): Promise<void>;
  /** Moves its clock, and returns when what is due then was delivered. */
  advance(ms: number): Promise<void>;
  /** What happens to the dispute of its payment, such as `open` or `lose`. */
  dispute(payment: string, step: string): Promise<void>;
  /** As a program would do it that knows the account's key, such as the provider's own pages. */
  post(path: string, params?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<{ body: { data: unknown } }>;
}

export interface PaymentShop {
  stripe: Stripe;
  provider: PaymentProvider;
  /** What the provider told the shop so far, oldest first; `deliver` hands one of them to the shop. */
  deliveries(): Promise<Delivery[]>;
  send(method: string, path: string, options?: CallOptions): Promise<Response>;
  deliver(delivery: Delivery): Promise<Response>;
  /** Somebody holds a unit of an event that is paid online. */
  held(event?: Parameters<typeof makeEvent>[0]): Promise<Held>;
  pay(of: Held): Promise<PaymentAnswer['payment']>;
  /** Sends the form of the provider's page. */
  submit(payment: PaymentAnswer['payment'], fields?: Record<string, string>): Promise<Response>;
  /** As the page does to which a shopper returns, a second later: needs a clock that can be set. */
  look(of: Held): Promise<Order>;
  /** Hands all that the provider told so far to the shop, each as often as that. */
  deliverAll(times?: number): Promise<void>;
  /** Looks at what the shop was told, as the outbox does. */
  lookAtEvents(): Promise<Awaited<ReturnType<typeof lookAtEvent>>[]>;
  /** Works off the rows of the outbox about a payment, until none waits. @returns their kinds, with the outcome. */
  work(paymentId: PaymentId): Promise<string[]>;
  /** The pages that the provider has, the newest first, also those whose address the shop never learnt. */
  pages(): Promise<{ id: string; url: string | null; status: string }[]>;
  /** What the provider has of the payment on a page. */
  money(paymentId: PaymentId): Promise<Record<'captured' | 'refunded', number> & { state: string }>;
}

/**
 * @param instantMethods by which one may pay beside cards
 * @param tax what orders are taxed by
 */
export async function openPaymentShop(
  instantMethods: readonly InstantMethod[] = [],
  tax = NO_TAX,
): Promise<PaymentShop> {
  const stripe = await makeStripe();
  const provider = createStripe({
    fetch: (url, init) => fetch(url, init),
    apiUrl: stripe.url,
    secretKey: SECRET_KEY,
    instantMethods,
    timeoutMs: 5_000,
  });
  const shopDeps = depsWith({ payments: { provider, webhookSecret: WEBHOOK_SECRET, tax } });
  const send = callerOf(callsTo(shopDeps));
  const needs = needsOf(shopDeps, provider);
  return {
    stripe,
    provider,
    send,
    ...toldTo({ stripe, send, needs }),
    ...shopperOf(send),
    work: (id) => workOff(needs, id),
    async pages() {
      const { body } = await stripe.get('/v1/checkout/sessions?limit=10');
      return body.data as { id: string; url: string | null; status: string }[];
    },
    async money(id) {
      const { sessionId } = await paymentRowOf(id);
      const session = await provider.readSession(sessionId ?? '');
      const { capturedMinor = 0, refundedMinor = 0 } = session?.payment ?? {};
      return { captured: capturedMinor, refunded: refundedMinor, state: session?.state ?? 'none' };
    },
  };
}

/** Of the provider's webhooks. */
function toldTo({
  stripe,
  send,
  needs,
}: Pick<PaymentShop, 'stripe' | 'send'> & { needs: LookNeeds }) {
  async function deliveries(): Promise<Delivery[]> {
    await stripe.advance(0);
    const heard = await (await fetch(stripe.heardUrl)).json<Omit<Delivery, 'type' | 'id'>[]>();
    return heard.map((one) => ({
      ...one,
      ...(JSON.parse(one.body) as { id: string; type: string }),
    }));
  }
  const deliver = ({ body, signature }: Delivery) =>
    send('POST', '/payments/stripe/webhook', {
      rawBody: body,
      headers: { 'Stripe-Signature': signature },
    });
  return {
    deliveries,
    deliver,
    async deliverAll(times = 1) {
      const all = await deliveries();
      const repeated = all.flatMap((one) => Array.from({ length: times }, () => one));
      const answers = await Promise.all(repeated.map(deliver));
      expect(answers.map(({ status }) => status)).toEqual(repeated.map(() => 200));
    },
    async lookAtEvents() {
      // Those of other tests are about another provider's pages.
      const ids = new Set((await deliveries()).map(({ id }) => id));
      const { rows } = await needs.db.execute<{ id: string }>(
        sql`SELECT id FROM payment_events WHERE worked_at IS NULL ORDER BY received_at, id`,
      );
      const looked: Awaited<ReturnType<typeof lookAtEvent>>[] = [];
      for (const { id } of rows.filter((row) => ids.has(row.id))) {
        const one = await lookAtEvent(needs, id);
        looked.push(one);
        const seen = typeof one === 'string' ? [id] : one.events;
        if (one !== 'unknown') await markEventsWorked(needs.db, seen, Date.now());
      }
      return looked;
    },
  };
}

/** What somebody does who pays. */
function shopperOf(
  send: PaymentShop['send'],
): Pick<PaymentShop, 'held' | 'look' | 'pay' | 'submit'> {
  return {
    async held(event = {}) {
      const shopper = await makeShopper();
      const made = await makeEvent({ payment: 'online', ...event });
      return { shopper, order: await hold(shopper, made.eventItemId), ...made };
    },
    async pay({ shopper: { token }, order: { id } }) {
      const answer = await send('POST', `/purchase/${id}/pay`, { token });
      expect(answer.status).toBe(200);
      return (await answer.json<PaymentAnswer>()).payment;
    },
    async submit({ redirectUrl }, fields = {}) {
      const answer = await fetch(redirectUrl ?? '', {
        method: 'POST',
        body: new URLSearchParams({ card: VISA, ...fields }),
        redirect: 'manual',
      });
      await answer.text();
      return answer;
    },
    async look({ shopper: { token }, order: { id } }) {
      pass(LOOK_EVERY_MS);
      const answer = await send('POST', `/purchase/${id}/payment`, { token });
      expect(answer.status).toBe(200);
      return (await answer.json<OrderAnswer>()).order;
    },
  };
}

function callerOf(ask: ReturnType<typeof callsTo>): PaymentShop['send'] {
  return async (method, path, options = {}) => {
    const { token, body, rawBody, headers = {} } = options;
    const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await ask(`/api/v1${path}`, {
      method,
      headers: {
        ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    await expectDescribed({ method, path }, answer);
    return answer;
  };
}

async function makeStripe(): Promise<Stripe> {
  const maker = (shopEnv as { STRIPE_MAKER_URL?: string }).STRIPE_MAKER_URL ?? '';
  const body = JSON.stringify({ secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET });
  const made = await fetch(maker, { method: 'POST', body });
  const { url, heardUrl } = await made.json<Pick<Stripe, 'url' | 'heardUrl'>>();
  const ask = (method: string, path: string, sent: BodyInit) =>
    fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${SECRET_KEY}` },
      body: sent,
    });
  const control = async (method: string, path: string, given: object) => {
    expect((await ask(method, `/control/${path}`, JSON.stringify(given))).status).toBe(204);
  };
  return {
    url,
    heardUrl,
    setFaults: (faults) => control('PUT', 'faults', faults),
    advance: (ms) => control('POST', 'advance', { ms }),
    dispute: (payment, step) => control('POST', 'dispute', { payment, step }),
    post: (path, params = {}) => ask('POST', path, new URLSearchParams(params)),
    async get(path) {
      const headers = { Authorization: `Bearer ${SECRET_KEY}` };
      return { body: await (await fetch(`${url}${path}`, { headers })).json() };
    },
  };
}
