/** What admins correct of an order's address, and what becomes of addresses. */
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../contract/address.ts';
import type { AuditList } from '../../contract/audit.ts';
import type { AdminOrderDetail } from '../../contract/order-story.ts';
import { deleteOldAddressesStatement } from '../../stores/postgres/order-addresses.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { hold, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper } from '../../testing/shop.ts';

const BERLIN: Address = {
  name: 'Ada Example',
  line1: 'Invalidenstraße 117',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};
const DAY_MS = 24 * 60 * 60_000;
const { db } = deps.stores;

async function bought() {
  const { eventItemId } = await makeEvent({ needsAddress: true });
  const shopper = await makeShopper();
  const admin = await makeShopper('admin');
  const order = await hold(shopper, eventItemId);
  const { token } = shopper;
  const said = { token, body: { address: BERLIN } };
  expect((await call('PUT', `/purchase/${order.id}/address`, said)).status).toBe(200);
  expect((await settle(shopper, order, 'confirm')).status).toBe(200);
  return { shopper, admin, order };
}

function correct(id: string, { token }: { token: string }, address: Address) {
  return call('PUT', `/admin/orders/${id}/address`, { token, body: { address } });
}

async function keptFor(id: string): Promise<number> {
  const { rows } = await db.execute(sql`SELECT FROM order_addresses WHERE order_id = ${id}`);
  return rows.length;
}

function erase(days: number) {
  const nowMs = Date.now() + days * DAY_MS;
  return deleteOldAddressesStatement(db, { nowMs, limit: 1_000, keepDays: 100 });
}

describe('an order’s address', () => {
  it('is corrected by an admin, and the audit log tells which parts, not to what', async () => {
    const { admin, order } = await bought();
    const moved = { ...BERLIN, line1: 'Chausseestraße 1', company: 'Lamps' };
    const answer = await correct(order.id, admin, moved);
    expect(answer.status).toBe(200);
    const detail = await answer.json<AdminOrderDetail>();
    expect(detail.address).toEqual(moved);
    expect(detail.story.at(-1)).toMatchObject({
      what: 'address_corrected',
      by: { kind: 'admin', id: admin.user.id },
    });
    const log = await call('GET', `/admin/audit?subject=${order.id}`, { token: admin.token });
    const { entries } = await log.json<AuditList>();
    expect(entries).toMatchObject([
      { action: 'order.address', actor: admin.user.id, after: { parts: ['company', 'line1'] } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Chaussee');
    // The same once more is no correction.
    await correct(order.id, admin, moved);
    const again = await call('GET', `/admin/audit?subject=${order.id}`, { token: admin.token });
    expect((await again.json<AuditList>()).entries).toHaveLength(1);
  });

  it('stays as it is once the order was sent', async () => {
    const { shopper, admin, order } = await bought();
    const { token } = admin;
    await call('POST', `/admin/orders/${order.id}/sent`, { token, body: {} });
    await expectProblem(await correct(order.id, admin, BERLIN), 409, 'already_sent');
    const said = { token: shopper.token, body: { address: BERLIN } };
    const answer = await call('PUT', `/purchase/${order.id}/address`, said);
    await expectProblem(answer, 409, 'already_sent');
  });

  it('is erased once it was kept for long enough, and after a week where nothing was confirmed', async () => {
    const { order } = await bought();
    const { eventItemId } = await makeEvent({ needsAddress: true });
    const shopper = await makeShopper();
    const other = await hold(shopper, eventItemId);
    const said = { token: shopper.token, body: { address: BERLIN } };
    await call('PUT', `/purchase/${other.id}/address`, said);
    await settle(shopper, other, 'cancel');
    await erase(6);
    expect([await keptFor(order.id), await keptFor(other.id)]).toEqual([1, 1]);
    await erase(8);
    expect([await keptFor(order.id), await keptFor(other.id)]).toEqual([1, 0]);
    await erase(101);
    expect(await keptFor(order.id)).toBe(0);
  });
});
