/** Revenue over time as admins read it and take it away. */
import { beforeAll, describe, expect, it } from 'vitest';
import { revenueSchema } from '../../contract/revenue.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { hold, settle } from '../../testing/purchases.ts';
import { call, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const DAY_MS = 24 * 60 * 60_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
/** A test may run over midnight. */
const RANGE = { from: dayOf(Date.now() - DAY_MS), to: dayOf(Date.now() + DAY_MS) };

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

const take = (path: string, query: Record<string, string>) =>
  call('GET', `/admin/${path}?${new URLSearchParams(query).toString()}`, { token: admin.token });

/** One unit of an event of its own. */
async function sell() {
  const shopper = await makeShopper();
  const { eventItemId } = await makeEvent();
  const order = await hold(shopper, eventItemId);
  expect((await settle(shopper, order, 'confirm')).status).toBe(200);
  return order;
}

describe('revenue over time', () => {
  it('has an order in the bucket of the day on which it was confirmed', async () => {
    const { eventId, unitPriceCents, currency } = await sell();
    const answer = await take('revenue', { ...RANGE, eventId });
    expect(answer.status).toBe(200);
    const { buckets, totals, by, timeZone } = revenueSchema.parse(await answer.json());
    const figures = { currency, orders: 1, units: 1, grossCents: unitPriceCents };
    const all = { ...figures, refundedCents: 0, netCents: unitPriceCents };
    expect({ by, timeZone, totals }).toEqual({ by: 'day', timeZone: 'UTC', totals: [all] });
    expect(buckets.map(({ from }) => from)).toEqual([
      RANGE.from,
      dayOf(Date.parse(RANGE.from) + DAY_MS),
      RANGE.to,
    ]);
    expect(buckets.flatMap((bucket) => bucket.figures)).toEqual([all]);
  });

  it('leaves as a file with a line for each bucket', async () => {
    const { eventId } = await sell();
    const answer = await take('revenue.csv', { ...RANGE, by: 'month', eventId });
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const name = `revenue-${eventId}-${RANGE.from}-to-${RANGE.to}.csv`;
    expect(answer.headers.get('Content-Disposition')).toBe(`attachment; filename="${name}"`);
    const [header, ...lines] = (await answer.text()).replace('\ufeff', '').trimEnd().split('\r\n');
    expect(header).toBe(
      'from,to,currency,orders,units,gross_minor,refunded_minor,net_minor,gross,refunded,net',
    );
    expect(lines.at(0)).toMatch(new RegExp(`^${RANGE.from},`));
    expect(
      lines.map((line) => line.split(',').at(-1)).filter((net) => net === '19.99'),
    ).toHaveLength(1);
  });

  it('is refused for an event that is not there, and for days that are no range', async () => {
    const eventId = 'evt_0123456789ab';
    await expectProblem(await take('revenue', { ...RANGE, eventId }), 404, 'not_found');
    for (const wrong of [
      { from: RANGE.to, to: RANGE.from },
      { from: '2020-01-01', to: '2021-01-02' },
      { ...RANGE, timeZone: 'Nowhere' },
      { ...RANGE, by: 'hour' },
    ]) {
      await expectProblem(await take('revenue', wrong), 400, 'malformed');
    }
  });
});
