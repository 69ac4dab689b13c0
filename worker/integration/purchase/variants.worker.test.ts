/** An item that is sold in sizes: each has units of its own, and one limit counts over all. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { AuditList } from '../../contract/audit.ts';
import type { Item } from '../../contract/catalogue.ts';
import type { EventItem } from '../../contract/events.ts';
import type { OrderAnswer, OrderHistory } from '../../contract/orders.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { hold, reserve, settle } from '../../testing/purchases.ts';
import { makeShoe, makeShoeSale, planOf } from '../../testing/shoes.ts';
import { call, makeShopper } from '../../testing/shop.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

const labelsOf = (items: EventItem[]) => items.map(({ variant }) => variant?.label);

describe('an item with variants', () => {
  it('keeps their ids when they are renamed, moved and joined by others', async () => {
    const shoe = await makeShoe(admin, ['41', '42']);
    const [first, second] = shoe.variants;
    const variants = [{ label: '40' }, { ...second, label: '42 wide' }, first];
    const edited = await admin.call('PUT', `/items/${shoe.id}`, { name: 'Shoe', variants });
    const after = await edited.json<Item>();
    expect(after.variants).toEqual([
      { id: expect.stringMatching(/^var_/), label: '40' },
      { id: second?.id, label: '42 wide' },
      first,
    ]);
    const kept = await admin.call('PUT', `/items/${shoe.id}`, { name: 'Boot' });
    expect(await kept.json()).toMatchObject({ name: 'Boot', variants: after.variants });
    const none = await admin.call('PUT', `/items/${shoe.id}`, { name: 'Boot', variants: [] });
    expect(await none.json()).toMatchObject({ variants: [] });
  });

  it('refuses two of one label, too many, and ids of other items', async () => {
    const [shoe, other] = [await makeShoe(admin, ['41']), await makeShoe(admin, ['41'])];
    const wrong: [object[], string][] = [
      [[{ label: 'M' }, { label: ' M ' }], 'variants'],
      [[{ label: 'ros\u00e9' }, { label: 'rose\u0301' }], 'variants'],
      [Array.from({ length: 51 }, (_, n) => ({ label: `${n}` })), 'variants'],
      [[{ label: '' }], 'variants.0.label'],
      [[...other.variants], 'variants.0.id'],
    ];
    for (const [variants, path] of wrong) {
      const refused = await admin.call('PUT', `/items/${shoe.id}`, { name: 'Shoe', variants });
      const problem = await refused.json<{ code: string; errors: { path: string }[] }>();
      expect(problem).toMatchObject({ code: 'malformed', errors: [{ path }] });
    }
    expect(await (await admin.call('GET', `/items/${shoe.id}`)).json()).toEqual(shoe);
  });

  it('that another admin took all variants from is there without them', async () => {
    const shoe = await makeShoe(admin, ['41']);
    const seen = (await admin.call('GET', `/items/${shoe.id}`)).headers.get('ETag') ?? '';
    await admin.call('PUT', `/items/${shoe.id}`, { name: 'Shoe', category: 'shoes', variants: [] });
    const mine = { name: 'Shoe', category: 'shoes', variants: shoe.variants };
    const path = `/admin/items/${shoe.id}`;
    const headers = { 'If-Match': seen };
    const stale = await call('PUT', path, { token: admin.token, headers, body: mine });
    expect(await stale.clone().json()).toMatchObject({ current: { variants: [] } });
    await expectProblem(stale, 412, 'precondition_failed');
  });

  it('keeps a variant that an event sells', async () => {
    const shoe = await makeShoe(admin);
    await makeShoeSale(admin, shoe);
    const variants = shoe.variants.slice(1);
    const refused = await admin.call('PUT', `/items/${shoe.id}`, { name: 'Shoe', variants });
    await expectProblem(refused, 409, 'variant_in_use');
    expect(await (await admin.call('GET', `/items/${shoe.id}`)).json()).toEqual(shoe);
  });
});

describe('a plan', () => {
  it('makes an event item of each variant, with a price of its own where it has one', async () => {
    const shoe = await makeShoe(admin);
    const [a, , c] = shoe.variants;
    const variants = [
      { variantId: c?.id, stock: 5, priceCents: 9_500 },
      { variantId: a?.id, stock: 7 },
    ];
    const event = await makeShoeSale(admin, shoe, { variants });
    expect(labelsOf(event.items)).toEqual(['43', '41']);
    expect(event.items.map(({ priceCents, stock }) => [priceCents, stock.total])).toEqual([
      [9_500, 5],
      [9_000, 7],
    ]);
  });

  it('keeps the ids of variants that stay, and gives a new one to each that comes', async () => {
    const shoe = await makeShoe(admin);
    const made = await admin.call('POST', '/events', planOf(shoe));
    const event = await made.json<AdminEvent>();
    const [, second, third] = shoe.variants;
    const variants = [third, second].map((variant) => ({ variantId: variant?.id, stock: 9 }));
    const path = `/events/${event.id}`;
    const less = await admin.call('PUT', path, planOf(shoe, { variants }));
    const [, forty2, forty3] = event.items;
    expect((await less.json<AdminEvent>()).items.map(({ id }) => id)).toEqual([
      forty3?.id,
      forty2?.id,
    ]);
    const all = await admin.call('PUT', path, planOf(shoe));
    const ids = (await all.json<AdminEvent>()).items.map(({ id }) => id);
    expect(ids.slice(1)).toEqual([forty2?.id, forty3?.id]);
    expect(event.items.map(({ id }) => id)).not.toContain(ids[0]);
  });

  it('that does not fit the catalogue is refused, field by field', async () => {
    const [shoe, other, plain] = [
      await makeShoe(admin),
      await makeShoe(admin),
      await makeShoe(admin, []),
    ];
    const wrong: [object, string][] = [
      [{ variants: undefined, stock: 5 }, 'items.0.variants'],
      [
        { variants: [{ variantId: other.variants[0]?.id, stock: 1 }] },
        'items.0.variants.0.variantId',
      ],
      [{ stock: 5 }, 'items.0.stock'],
      [{ itemId: plain.id }, 'items.0.variants.0.variantId'],
      [{ variants: [] }, 'items.0.stock'],
    ];
    for (const [line, path] of wrong) {
      const refused = await admin.call('POST', '/events', planOf(shoe, line));
      const problem = await refused.json<{ code: string; errors: { path: string }[] }>();
      expect(problem.code).toBe('malformed');
      expect(problem.errors.map((error) => error.path)).toContain(path);
    }
    const summed = planOf(shoe, { stock: 6 });
    expect((await admin.call('POST', '/events', summed)).status).toBe(201);
  });
});

describe('a customer', () => {
  it('has one limit over all sizes, whatever they press', async () => {
    const shoe = await makeShoe(admin);
    const { items } = await makeShoeSale(admin, shoe);
    const shopper = await makeShopper();
    const pressed = items.map(({ id }) => reserve(shopper, id, crypto.randomUUID()));
    const answers = await Promise.all(pressed);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const answer of refused) {
      const problem = { code: 'limit_reached', limit: 1, held: 1, bought: 0 };
      expect(await answer.json()).toMatchObject(problem);
    }
  });

  it('is not given another size for a second press without a key', async () => {
    const { items } = await makeShoeSale(admin, await makeShoe(admin), { limitPerCustomer: 2 });
    const shopper = await makeShopper();
    const [first, second] = [items[1]?.id ?? '', items[2]?.id ?? ''];
    const held = await hold(shopper, first);
    expect((await hold(shopper, second)).eventItemId).toBe(second);
    const again = await reserve(shopper, first);
    expect((await again.json<OrderAnswer>()).order.id).toBe(held.id);
    await expectProblem(await reserve(shopper, first, 'a third'), 403, 'limit_reached');
  });

  it('finds the size in their orders, as it was called at the hold', async () => {
    const shoe = await makeShoe(admin);
    const { items } = await makeShoeSale(admin, shoe);
    const shopper = await makeShopper();
    const order = await hold(shopper, items[2]?.id ?? '');
    expect(order.variantLabel).toBe('43');
    const variants = shoe.variants.map(({ id, label }) => ({ id, label: `EU ${label}` }));
    await admin.call('PUT', `/items/${shoe.id}`, { name: 'Shoe', variants });
    const confirmed = await settle(shopper, order, 'confirm');
    expect((await confirmed.json<OrderAnswer>()).order.variantLabel).toBe('43');
    const listed = await call('GET', '/profile/orders', { token: shopper.token });
    expect((await listed.json<OrderHistory>()).orders).toEqual([
      expect.objectContaining({ itemName: 'Shoe', variantLabel: '43' }),
    ]);
    const next = await hold(await makeShopper(), items[1]?.id ?? '');
    expect(next.variantLabel).toBe('EU 42');
  });
});

describe('an admin', () => {
  it('takes the sizes away with the orders, in a column of their own', async () => {
    const event = await makeShoeSale(admin, await makeShoe(admin));
    await hold(await makeShopper(), event.items[1]?.id ?? '');
    const file = await admin.call('GET', `/events/${event.id}/orders.csv`);
    const [header, line] = (await file.text()).trimEnd().split('\r\n');
    const at = header?.split(',').indexOf('variant') ?? -1;
    expect(line?.split(',')[at]).toBe('42');
  });

  it('reads in the audit log which sizes were planned, as they were called then', async () => {
    const shoe = await makeShoe(admin, ['41', '42']);
    const [first, second] = shoe.variants;
    const made = await admin.call('POST', '/events', planOf(shoe));
    const { id } = await made.json<AdminEvent>();
    const variants = [{ variantId: second?.id, stock: 4 }];
    await admin.call('PUT', `/events/${id}`, planOf(shoe, { variants }));
    await admin.call('PUT', `/items/${shoe.id}`, {
      name: 'Shoe',
      variants: [{ ...second, label: 'wide' }, first],
    });
    const trail = await admin.call('GET', `/audit?subject=${id}`);
    const [edited, created] = (await trail.json<AuditList>()).entries;
    const both = [
      { variantId: first?.id, label: '41', priceCents: 9_000, stock: 1 },
      { variantId: second?.id, label: '42', priceCents: 9_000, stock: 2 },
    ];
    expect(created?.after).toMatchObject({ items: [{ itemId: shoe.id, variants: both }] });
    expect(edited?.before).toMatchObject({ items: [{ variants: both }] });
    expect(edited?.after).toMatchObject({ items: [{ variants: [{ label: '42', stock: 4 }] }] });
  });
});
