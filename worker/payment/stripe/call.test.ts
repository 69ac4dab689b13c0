import { describe, expect, it } from 'vitest';
import { isRetryable } from '../../platform/faults.ts';
import type { PaymentFault } from '../payment-fault.ts';
import type { StripePorts } from './call.ts';
import { createStripe } from './stripe.ts';

interface Sent {
  url: string;
  init: RequestInit;
}

/** A Stripe that answers everything alike. */
function stripeThat(answer: () => Promise<Response> | Response, ports: Partial<StripePorts> = {}) {
  const sent: Sent[] = [];
  const stripe = createStripe({
    async fetch(url, init) {
      sent.push({ url, init });
      return answer();
    },
    apiUrl: 'https://stripe.example',
    secretKey: 'sk_test_1',
    timeoutMs: 10_000,
    ...ports,
  });
  return { stripe, sent };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

const errorOf = (type: string, fields: object = {}) => ({
  error: { type, message: 'm', ...fields },
});

/** What a change and a read throw. */
async function faultsOf(
  answer: () => Response,
): Promise<[change: PaymentFault, read: PaymentFault]> {
  const { stripe } = stripeThat(answer);
  return [
    await stripe.capture('pi_1', 'k').catch((error: unknown) => error as PaymentFault),
    await stripe.readPayment('pi_1').catch((error: unknown) => error as PaymentFault),
  ] as [PaymentFault, PaymentFault];
}

describe('a request to Stripe', () => {
  it('that changes something is a form with our key, the version and the idempotency key', async () => {
    const { stripe, sent } = stripeThat(() => json(404, errorOf('invalid_request_error')));
    await stripe.refund(
      { paymentId: 'pi_1', refundId: 'ref_1', amountMinor: 500, currency: 'EUR' },
      'refund:ref_1',
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: 'https://stripe.example/v1/refunds',
      init: {
        method: 'POST',
        redirect: 'manual',
        headers: {
          Authorization: 'Bearer sk_test_1',
          'Content-Type': 'application/x-www-form-urlencoded',
          'Idempotency-Key': 'refund:ref_1',
          'Stripe-Version': '2026-08-26.dahlia',
        },
        body: 'payment_intent=pi_1&amount=500&metadata%5BrefundId%5D=ref_1',
      },
    });
  });

  it('that reads has its parameters in the address, and no key', async () => {
    const { stripe, sent } = stripeThat(() => json(200, { data: [], has_more: false }));
    await stripe.listPayments({ fromMs: 1_001, toMs: 3_000, after: 'pi_1' });
    const [{ url, init } = { url: '', init: {} }] = sent;
    expect(decodeURIComponent(url)).toBe(
      'https://stripe.example/v1/payment_intents?created[gte]=2&created[lt]=3&limit=100' +
        '&starting_after=pi_1&expand[0]=data.latest_charge',
    );
    expect(init).toMatchObject({ method: 'GET', body: null });
    expect(Object.keys(init.headers ?? {})).not.toContain('Idempotency-Key');
  });

  it('cannot be led elsewhere by an id or by a redirect', async () => {
    const { stripe, sent } = stripeThat(() => json(404, errorOf('invalid_request_error')));
    expect(await stripe.readSession('../events?a=/b')).toBeUndefined();
    expect(sent[0]?.url).toContain('/v1/checkout/sessions/..%2Fevents%3Fa%3D%2Fb?');
    expect((await faultsOf(moved)).map(({ code }) => code)).toEqual(['unreadable', 'unreadable']);
  });
});

describe('a failure of Stripe', () => {
  it.each([
    [401, 'unauthorised', 'unauthorised'],
    [403, 'unauthorised', 'unauthorised'],
    [409, 'unavailable', 'unavailable'],
    [429, 'throttled', 'throttled'],
    [500, 'key_spent', 'unavailable'],
    [502, 'unavailable', 'unavailable'],
    [503, 'unavailable', 'unavailable'],
    [418, 'unreadable', 'unreadable'],
    [400, 'rejected', 'rejected'],
  ])('with status %i is for a change %s, and for a read %s', async (status, ...codes) => {
    const faults = await faultsOf(() => json(status, errorOf('api_error')));
    expect(faults.map(({ code }) => code)).toEqual(codes);
  });

  it('says whether the same call may succeed a moment later', async () => {
    expect(await retryable(503)).toBe(true);
    expect(await retryable(429)).toBe(true);
    expect(await retryable(500)).toBe(false);
    expect(await retryable(401)).toBe(false);
  });

  it('says how long it wants to be left alone, within limits', async () => {
    expect(await pauseOf('17')).toBe(17_000);
    expect(await pauseOf('0')).toBe(1_000);
    expect(await pauseOf('999999')).toBe(3_600_000);
    expect(await pauseOf('soon')).toBeUndefined();
  });

  it('is a key that stands for another change', async () => {
    const [fault] = await faultsOf(() => json(400, errorOf('idempotency_error')));
    expect(fault).toMatchObject({ code: 'key_reused', retryable: false });
  });

  it('is an answer that is none', async () => {
    for (const answer of [
      () => new Response('<html>', { status: 200 }),
      () => new Response('<html>', { status: 400 }),
      () => json(200, { id: 'pi_1' }),
      () => json(200, { data: 'x'.repeat(5 * 1_024 * 1_024) }),
    ]) {
      expect((await faultsOf(answer)).map(({ code }) => code)).toEqual([
        'unreadable',
        'unreadable',
      ]);
    }
  });

  it('is no answer, or none in time', async () => {
    const away = stripeThat(() => Promise.reject(new TypeError('fetch failed')));
    await expect(away.stripe.release('pi_1', 'k')).rejects.toMatchObject({ code: 'no_answer' });
    const { stripe } = stripeThat(() => new Response(), {
      timeoutMs: 10,
      fetch: (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    });
    await expect(stripe.release('pi_1', 'k')).rejects.toMatchObject({
      code: 'no_answer',
      retryable: true,
    });
  });

  it('is an answer that ends in its middle', async () => {
    const cut = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{'));
        controller.error(new Error('cut'));
      },
    });
    const { stripe } = stripeThat(() => new Response(cut));
    await expect(stripe.readPayment('pi_1')).rejects.toMatchObject({ code: 'no_answer' });
  });

  it('does not carry what Stripe says, which may name people', async () => {
    const body = errorOf('invalid_request_error', { message: 'ada@example.com' });
    const [fault] = await faultsOf(() => json(400, body));
    expect(`${fault.message} ${String(fault.cause)}`).not.toContain('ada');
  });
});

function moved(): Response {
  return new Response(null, { status: 307, headers: { Location: 'https://evil.example' } });
}

async function retryable(status: number): Promise<boolean> {
  return isRetryable((await faultsOf(() => json(status, errorOf('api_error'))))[0]);
}

async function pauseOf(text: string): Promise<number | undefined> {
  const body = errorOf('rate_limit_error');
  const [{ retryAfterMs }] = await faultsOf(() => json(429, body, { 'Retry-After': text }));
  return retryAfterMs;
}
