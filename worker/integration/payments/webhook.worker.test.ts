/** The webhook of the payment provider: who may call it, and what is kept before it is answered. */
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { expectProblem } from '../../testing/accounts.ts';
import { openPaymentShop } from '../../testing/payment-shop.ts';
import { call, deps } from '../../testing/shop.ts';

async function storedOf(aboutId: string | null) {
  const { rows } = await deps.stores.db.execute<{ kind: string; rows: number }>(sql`
    SELECT e.kind, (SELECT count(*)::int FROM outbox o WHERE o.key = 'look/' || e.id) AS rows
      FROM payment_events e WHERE e.about_id = ${aboutId} ORDER BY e.received_at`);
  return rows;
}

/** A page that somebody paid on, and what the provider told of it. */
async function paid() {
  const shop = await openPaymentShop();
  const held = await shop.held();
  const payment = await shop.pay(held);
  await shop.submit(payment);
  const [page] = await shop.pages();
  const deliveries = await shop.deliveries();
  const completed = deliveries.find(({ type }) => type === 'checkout.session.completed');
  if (completed === undefined || page === undefined) throw new Error('it was paid');
  return { shop, completed, sessionId: page.id };
}

describe('the webhook of payments', () => {
  it('is answered once the event and what works it off are stored, together', async () => {
    const { shop, completed, sessionId } = await paid();
    expect(await storedOf(sessionId)).toEqual([]);
    const answer = await shop.deliver(completed);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(await storedOf(sessionId)).toEqual([{ kind: 'checkout.session.completed', rows: 1 }]);
    await shop.deliver(completed);
    expect(await storedOf(sessionId)).toHaveLength(1);
  });

  it('is refused without a signature, with one of another body, and with an old one', async () => {
    const { shop, completed, sessionId } = await paid();
    const { body, signature } = completed;
    const old = signature.replace(/^t=\d+/, `t=${Math.floor(Date.now() / 1_000) - 301}`);
    for (const one of [
      { ...completed, signature: '' },
      { ...completed, signature: 't=1,v1=00' },
      { ...completed, signature: old },
      { ...completed, body: body.replace('completed', 'expired') },
      { ...completed, body: `${body} ` },
    ]) {
      await expectProblem(await shop.deliver(one), 400, 'malformed');
    }
    expect(await storedOf(sessionId)).toEqual([]);
  });

  it('takes no body that is longer than the shop reads', async () => {
    const { shop, completed } = await paid();
    const long = { ...completed, body: `${completed.body}${' '.repeat(70_000)}` };
    await expectProblem(await shop.deliver(long), 413, 'too_large');
  });

  it('is not there in a shop without the provider’s secret', async () => {
    const { completed } = await paid();
    const headers = { 'Stripe-Signature': completed.signature };
    const answer = await call('POST', '/payments/stripe/webhook', {
      rawBody: completed.body,
      headers,
    });
    await expectProblem(answer, 404, 'not_found');
  });
});
