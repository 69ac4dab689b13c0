import { describe, expect, it } from 'vitest';
import {
  NOW_MS,
  SECRET_KEY,
  type StripeClient,
  stripeClient,
  WEBHOOK_SECRET,
} from '../../../local/stripe/testing/stripe-client.ts';
import type { PaymentProvider, PaymentSession, SessionPlan } from '../provider.ts';
import { createStripe } from './stripe.ts';
import { eventIn, isFromStripe } from './webhook.ts';

const VISA = '4242424242424242';
const DECLINED = '4000000000000002';
const DAY_MS = 86_400_000;

interface Shop extends StripeClient {
  provider: PaymentProvider;
}

async function startShop(): Promise<Shop> {
  const client = await stripeClient();
  const apiUrl = client.stripe.url;
  const provider = createStripe({ fetch, apiUrl, secretKey: SECRET_KEY, timeoutMs: 10_000 });
  return { ...client, provider };
}

function planOf(attemptId: string, given: Partial<SessionPlan> = {}): SessionPlan {
  return {
    attemptId,
    orderId: 'ord_1',
    currency: 'EUR',
    lines: [
      { name: 'Lamp', unitMinor: 600, quantity: 2 },
      { name: 'Shipping', unitMinor: 490, quantity: 1 },
    ],
    successUrl: 'https://shop.example/back?session={sessionId}',
    cancelUrl: 'https://shop.example/order',
    language: 'en',
    begunAtMs: NOW_MS,
    endsAtMs: NOW_MS + 300_000,
    ...given,
  };
}

async function begin({ provider }: Shop, attemptId = 'att_1'): Promise<PaymentSession> {
  const outcome = await provider.createSession(planOf(attemptId), `create:${attemptId}`);
  if (outcome.kind === 'refused') throw new Error(outcome.code);
  return outcome.value;
}

/** An authorised payment's id. */
async function authorise(shop: Shop, { attemptId = 'att_1', card = VISA, fault = 'none' } = {}) {
  const { sessionId } = await begin(shop, attemptId);
  await shop.submit({ id: sessionId }, { card, fault });
  const session = await shop.provider.readSession(sessionId);
  return { sessionId, paymentId: session?.payment?.paymentId ?? '' };
}

const wish = (paymentId: string, refundId: string, amountMinor: number) => ({
  paymentId,
  refundId,
  amountMinor,
  currency: 'EUR',
});

describe('a session', () => {
  it('is open, then authorised by its shopper, who returns with its name', async () => {
    const shop = await startShop();
    const session = await begin(shop);
    expect(session).toEqual({
      sessionId: expect.stringMatching(/^cs_test_/),
      attemptId: 'att_1',
      state: 'open',
      url: `${shop.stripe.url}/c/pay/${session.sessionId}`,
      endsAtMs: NOW_MS + 31 * 60_000,
      payment: undefined,
    });
    const answer = await shop.submit({ id: session.sessionId }, { card: VISA });
    expect(answer.headers.get('location')).toBe(
      `https://shop.example/back?session=${session.sessionId}`,
    );
    expect(await shop.provider.readSession(session.sessionId)).toMatchObject({
      state: 'authorised',
      url: undefined,
      payment: {
        attemptId: 'att_1',
        state: 'authorised',
        currency: 'EUR',
        amountMinor: 1_690,
        capturedMinor: 0,
        captureBeforeMs: NOW_MS + 7 * DAY_MS,
      },
    });
  });

  it('stays open with the reason where a card is declined', async () => {
    const shop = await startShop();
    const { sessionId } = await begin(shop);
    await shop.submit({ id: sessionId }, { card: DECLINED });
    expect(await shop.provider.readSession(sessionId)).toMatchObject({
      state: 'open',
      url: expect.any(String),
      payment: { state: 'open', declineReason: 'generic_decline' },
    });
  });

  it('is begun once for one key', async () => {
    const shop = await startShop();
    const first = await begin(shop);
    expect(await begin(shop)).toEqual(first);
    const other = shop.provider.createSession(planOf('att_2'), 'create:att_1');
    await expect(other).rejects.toMatchObject({ code: 'key_reused' });
  });

  it.each([
    ['EUR', 10, 'amount_too_small'],
    ['EUR', 99_999_999, 'amount_too_large'],
    ['KWD', 1_001, 'amount_not_payable'],
    ['UYW', 1_000_000, 'currency_not_payable'],
    ['EUR', 25, undefined],
  ])('in %s for twice %i is answered with %s', async (currency, unitMinor, code) => {
    const { provider } = await startShop();
    const lines = [{ name: 'Lamp', unitMinor, quantity: 2 }];
    const outcome = await provider.createSession(planOf('att_1', { currency, lines }), 'k');
    expect(outcome.kind === 'refused' ? outcome.code : undefined).toBe(code);
  });

  it('in no currency of Stripe’s is refused', async () => {
    const { provider } = await startShop();
    const outcome = await provider.createSession(planOf('att_1', { currency: 'XAU' }), 'k');
    expect(outcome).toEqual({ kind: 'refused', code: 'currency_not_payable' });
  });

  it('is expired while nobody has paid, and else says so', async () => {
    const shop = await startShop();
    const { sessionId } = await begin(shop);
    const expired = await shop.provider.expireSession(sessionId, 'expire:1');
    expect(expired).toMatchObject({ kind: 'done', value: { state: 'released', url: undefined } });
    const over = { kind: 'refused', code: 'session_over' };
    expect(await shop.provider.expireSession(sessionId, 'expire:2')).toEqual(over);
    const paid = await authorise(shop, { attemptId: 'att_2' });
    expect(await shop.provider.expireSession(paid.sessionId, 'expire:3')).toEqual(over);
    const unknown = { kind: 'refused', code: 'unknown' };
    expect(await shop.provider.expireSession('cs_test_none', 'expire:4')).toEqual(unknown);
  });

  it('is unknown by another name', async () => {
    const { provider } = await startShop();
    expect(await provider.readSession('cs_test_none')).toBeUndefined();
    expect(await provider.readPayment('pi_none')).toBeUndefined();
  });
});

describe('an authorised payment', () => {
  it('is captured once, however often its key asks for it', async () => {
    const shop = await startShop();
    const { paymentId } = await authorise(shop);
    const first = await shop.provider.capture(paymentId, 'capture:ord_1');
    expect(first).toMatchObject({
      kind: 'done',
      value: { state: 'captured', capturedMinor: 1_690, refundedMinor: 0 },
    });
    expect(await shop.provider.capture(paymentId, 'capture:ord_1')).toEqual(first);
    const refused = { kind: 'refused', code: 'not_authorised' };
    expect(await shop.provider.capture(paymentId, 'another')).toEqual(refused);
    expect(await shop.provider.release(paymentId, 'release')).toEqual(refused);
  });

  it('is released for free', async () => {
    const shop = await startShop();
    const { paymentId } = await authorise(shop);
    expect(await shop.provider.release(paymentId, 'release')).toMatchObject({
      kind: 'done',
      value: { state: 'released', capturedMinor: 0 },
    });
    expect(await shop.provider.listRefunds(paymentId)).toEqual([]);
    const refused = { kind: 'refused', code: 'not_authorised' };
    expect(await shop.provider.capture(paymentId, 'capture')).toEqual(refused);
  });

  it('has failed where nobody captured it in time', async () => {
    const shop = await startShop();
    const { paymentId } = await authorise(shop);
    await shop.stripe.advance(7 * DAY_MS);
    expect(await shop.provider.readPayment(paymentId)).toMatchObject({ state: 'failed' });
  });

  it('may be declined when it is captured', async () => {
    const shop = await startShop();
    const { paymentId } = await authorise(shop, { fault: 'capture_declined' });
    const declined = { kind: 'refused', code: 'declined' };
    expect(await shop.provider.capture(paymentId, 'capture')).toEqual(declined);
    expect(await shop.provider.readPayment(paymentId)).toMatchObject({ state: 'authorised' });
  });

  it('is unknown by another name', async () => {
    const { provider } = await startShop();
    const unknown = { kind: 'refused', code: 'unknown' };
    expect(await provider.capture('pi_none', 'k1')).toEqual(unknown);
    expect(await provider.release('pi_none', 'k2')).toEqual(unknown);
    expect(await provider.refund(wish('pi_none', 'ref_1', 1), 'k3')).toEqual(unknown);
  });
});

describe('a captured payment', () => {
  it('is refunded in parts, up to all of it', async () => {
    const shop = await startShop();
    const { provider } = shop;
    const { paymentId } = await authorise(shop);
    const refund = (refundId: string, amountMinor: number) =>
      provider.refund(wish(paymentId, refundId, amountMinor), `refund:${refundId}:${amountMinor}`);
    const early = { kind: 'refused', code: 'not_captured' };
    expect(await refund('ref_0', 1)).toEqual(early);
    await provider.capture(paymentId, 'capture');
    // What the key stands for does not change.
    expect(await refund('ref_0', 1)).toEqual(early);
    const part = await refund('ref_1', 600);
    expect(part).toMatchObject({ value: { refundId: 'ref_1', state: 'done', amountMinor: 600 } });
    expect(await refund('ref_1', 600)).toEqual(part);
    const partly = { state: 'partly_refunded', refundedMinor: 600 };
    expect(await provider.readPayment(paymentId)).toMatchObject(partly);
    const tooMuch = { kind: 'refused', code: 'amount_too_large' };
    expect(await refund('ref_2', 1_091)).toEqual(tooMuch);
    expect(await refund('ref_2', 1_090)).toMatchObject({ kind: 'done' });
    expect(await refund('ref_3', 1)).toEqual({ kind: 'refused', code: 'nothing_left' });
    expect(await provider.readPayment(paymentId)).toMatchObject({ state: 'refunded' });
    const refunds = await provider.listRefunds(paymentId);
    expect(refunds.map(({ refundId }) => refundId)).toEqual(['ref_2', 'ref_1']);
  });

  it('is not refunded by what its currency does not have', async () => {
    const { provider } = await startShop();
    const none = { ...wish('pi_1', 'ref_1', 1_001), currency: 'KWD' };
    const refused = { kind: 'refused', code: 'amount_not_payable' };
    expect(await provider.refund(none, 'k')).toEqual(refused);
  });

  it('is captured again where a refund fails later', async () => {
    const shop = await startShop();
    const { paymentId } = await authorise(shop, { card: '4000000000005126' });
    await shop.provider.capture(paymentId, 'capture');
    await shop.provider.refund(wish(paymentId, 'ref_1', 1_690), 'refund');
    expect(await shop.provider.readPayment(paymentId)).toMatchObject({ state: 'refunded' });
    await shop.stripe.advance(10_000);
    expect(await shop.provider.listRefunds(paymentId)).toMatchObject([{ state: 'failed' }]);
    expect(await shop.provider.readPayment(paymentId)).toMatchObject({ state: 'captured' });
  });
});

describe('what the provider has', () => {
  it('is found by our attempt', async () => {
    const shop = await startShop();
    await authorise(shop, { attemptId: 'att_1' });
    const { paymentId } = await authorise(shop, { attemptId: 'att_2' });
    expect(await shop.provider.findPayments('att_2')).toMatchObject([{ paymentId }]);
    expect(await shop.provider.findPayments('att_"3')).toEqual([]);
  });

  it('is listed by its time, in pages that miss and repeat nothing', async () => {
    const shop = await startShop();
    const made = 101;
    await Promise.all(
      Array.from({ length: made }, async (_, n) => {
        const { sessionId } = await begin(shop, `att_${n}`);
        await shop.submit({ id: sessionId }, { card: VISA });
      }),
    );
    const range = { fromMs: NOW_MS, toMs: NOW_MS + 1 };
    const first = await shop.provider.listPayments(range);
    const second = await shop.provider.listPayments({ ...range, after: first.next });
    const ids = [...first.entries, ...second.entries].map(({ paymentId }) => paymentId);
    expect(new Set(ids).size).toBe(made);
    expect([first.entries.length, second.next]).toEqual([100, undefined]);
    const later = { fromMs: NOW_MS + 1, toMs: NOW_MS + DAY_MS };
    expect((await shop.provider.listPayments(later)).entries).toEqual([]);
  });

  it('is told by webhooks, and by the list of events where they were lost', async () => {
    const shop = await startShop();
    const { sessionId, paymentId } = await authorise(shop, { fault: 'webhook_twice' });
    await shop.stripe.advance(0);
    const heard = shop.heard.map(({ headers, text }) => {
      const signature = String(headers['stripe-signature']);
      const secrets = [WEBHOOK_SECRET];
      const isGenuine = isFromStripe({ signature, body: text }, { secrets, nowMs: NOW_MS });
      return isGenuine ? eventIn(text) : undefined;
    });
    const { entries } = await shop.provider.listEvents({ fromMs: NOW_MS, toMs: NOW_MS + 1_000 });
    expect(heard).toHaveLength(2 * entries.length);
    const ids = new Set(heard.map((event) => event?.eventId));
    expect(ids).toEqual(new Set(entries.map(({ eventId }) => eventId)));
    expect(entries.map(({ kind, about }) => [kind, about?.id])).toEqual([
      ['checkout.session.completed', sessionId],
      ['payment_intent.amount_capturable_updated', paymentId],
      ['charge.succeeded', paymentId],
      ['payment_intent.created', paymentId],
    ]);
  });
});

describe('a change whose answer is lost', () => {
  it('was made, which its key finds out', async () => {
    const shop = await startShop();
    const { paymentId } = await authorise(shop);
    shop.stripe.setFaults({ cutAfterWork: 1 });
    const lost = shop.provider.capture(paymentId, 'capture');
    await expect(lost).rejects.toMatchObject({ code: 'no_answer', retryable: true });
    const again = await shop.provider.capture(paymentId, 'capture');
    expect(again).toMatchObject({ kind: 'done', value: { state: 'captured' } });
    await shop.stripe.advance(0);
    expect(shop.types().filter((type) => type === 'charge.captured')).toHaveLength(1);
  });

  it('to a failure has spent its key, and what the provider has tells', async () => {
    const shop = await startShop();
    const { paymentId } = await authorise(shop);
    shop.stripe.setFaults({ failAfterWork: 1 });
    for (let n = 0; n < 2; n++) {
      const failed = shop.provider.release(paymentId, 'release');
      await expect(failed).rejects.toMatchObject({ code: 'key_spent', retryable: false });
    }
    expect(await shop.provider.readPayment(paymentId)).toMatchObject({ state: 'released' });
  });

  it('because Stripe is down was not made', async () => {
    const shop = await startShop();
    const { paymentId } = await authorise(shop);
    shop.stripe.setFaults({ isDown: true });
    const failed = shop.provider.capture(paymentId, 'capture');
    await expect(failed).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    shop.stripe.setFaults({});
    expect(await shop.provider.capture(paymentId, 'capture')).toMatchObject({ kind: 'done' });
  });
});
