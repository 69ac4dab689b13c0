/** Events that are paid online, as admins plan them: only where a provider takes the money, and the prices. */
import { describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { AuditList } from '../../contract/audit.ts';
import type { EventDetail } from '../../contract/events.ts';
import type { FieldError } from '../../contract/problems.ts';
import { createStripe } from '../../payment/stripe/stripe.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { call, makeItem, makeShopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;

/** Which totals it takes it knows by itself. */
const provider = createStripe({
  fetch: () => Promise.reject(new Error('nothing is asked for')),
  apiUrl: 'http://127.0.0.1:1',
  secretKey: 'sk_test_1',
  timeoutMs: 1_000,
});
const ask = appWith({ payments: { provider } });

async function planOf(changes: { currency?: string; payment?: string; line?: object } = {}) {
  const { line, ...event } = changes;
  return {
    title: 'A sale',
    currency: 'EUR',
    payment: 'online',
    startsAt: new Date(Date.now() + HOUR_MS).toISOString(),
    endsAt: new Date(Date.now() + 2 * HOUR_MS).toISOString(),
    items: [{ itemId: await makeItem(), priceCents: 500, stock: 3, ...line }],
    ...event,
  };
}

async function send(method: string, path: string, body: object): Promise<Response> {
  const { token } = await makeShopper('admin');
  return ask(path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function faults(line: object, currency = 'EUR'): Promise<string[]> {
  const answer = await send('POST', '/admin/events', await planOf({ currency, line }));
  await expectProblem(answer.clone(), 400, 'malformed');
  const { errors } = await answer.json<{ errors: FieldError[] }>();
  return errors.map(({ path, reason }) => `${path} ${reason}`);
}

describe('an event that is paid online', () => {
  it('is planned where a provider is configured, shown as it is, and written down', async () => {
    const made = await send('POST', '/admin/events', await planOf());
    expect(made.status).toBe(201);
    const { id, payment } = await made.json<AdminEvent>();
    expect(payment).toBe('online');
    const shown = await call('GET', `/events/${id}`);
    expect((await shown.json<EventDetail>()).payment).toBe('online');
    const { token } = await makeShopper('admin');
    const audit = await call('GET', `/admin/audit?subject=${id}`, { token });
    const [entry] = (await audit.json<AuditList>()).entries;
    expect(entry?.after).toMatchObject({ payment: 'online' });
  });

  it('may be changed to one that is not, and back, as long as it is locked', async () => {
    const plan = await planOf();
    const { id } = await (await send('POST', '/admin/events', plan)).json<AdminEvent>();
    for (const payment of ['none', 'online']) {
      const edited = await send('PUT', `/admin/events/${id}`, { ...plan, payment });
      expect(await edited.json()).toMatchObject({ payment });
    }
    const { token } = await makeShopper('admin');
    expect((await call('POST', `/admin/events/${id}/open`, { token })).status).toBe(200);
    const late = await send('PUT', `/admin/events/${id}`, { ...plan, payment: 'none' });
    await expectProblem(late, 409, 'event_not_locked');
  });

  it('is refused where nobody takes the money, and one that is not paid is the default', async () => {
    const { token } = await makeShopper('admin');
    const body = await planOf();
    const refused = await call('POST', '/admin/events', { token, body });
    await expectProblem(refused, 409, 'no_payment_provider');
    const { payment: _, ...plan } = body;
    const made = await call('POST', '/admin/events', { token, body: plan });
    expect(await made.json()).toMatchObject({ payment: 'none' });
  });

  it('is refused at the price that the provider does not take', async () => {
    expect(await faults({ priceCents: 49 })).toEqual(['items.0.priceCents amount_too_small']);
    expect(await faults({ priceCents: 100_000_000 })).toEqual([
      'items.0.priceCents amount_too_large',
    ]);
    expect(await faults({ priceCents: 20_000_000, limitPerCustomer: 5 })).toEqual([
      'items.0.limitPerCustomer amount_too_large',
    ]);
    expect(await faults({ priceCents: 1_505 }, 'KWD')).toEqual([
      'items.0.priceCents amount_not_payable',
    ]);
    expect(await faults({ priceCents: 1_500 }, 'IQD')).toEqual(['currency currency_not_payable']);
  });

  it('may have what is free, which nobody pays for', async () => {
    const plan = await planOf({ line: { priceCents: 0 } });
    expect((await send('POST', '/admin/events', plan)).status).toBe(201);
  });
});
