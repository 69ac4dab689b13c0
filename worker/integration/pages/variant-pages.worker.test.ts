/** The pages of an item that is sold in sizes, drawn over the real database. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { Item } from '../../contract/catalogue.ts';
import { makeAdmin } from '../../testing/admin.ts';
import { elementsOf, pagesWith } from '../../testing/pages.ts';

const HOUR_MS = 60 * 60_000;
const LABELS = ['41', '42', '<b>XL'];

let event: AdminEvent;
let shoe: Item;

beforeAll(async () => {
  const admin = await makeAdmin();
  const variants = LABELS.map((label) => ({ label }));
  shoe = await (await admin.call('POST', '/items', { name: 'Shoe', variants })).json();
  const [first, ...others] = shoe.variants.map(({ id: variantId }) => ({ variantId, stock: 3 }));
  const made = await admin.call('POST', '/events', {
    title: 'Shoes',
    currency: 'EUR',
    startsAt: new Date(Date.now() - 1_000).toISOString(),
    endsAt: new Date(Date.now() + HOUR_MS).toISOString(),
    items: [
      {
        itemId: shoe.id,
        priceCents: 9_000,
        limitPerCustomer: 1,
        variants: [{ ...first, priceCents: 9_500 }, ...others],
      },
    ],
  });
  event = await made.json();
});

async function pageAt(path: string) {
  const answer = await pagesWith()(`/events/${event.id}${path}`);
  expect(answer.status).toBe(200);
  const html = await answer.text();
  const radios = await elementsOf(html, '.variants input[type=radio]');
  const [title] = await elementsOf(html, 'title');
  const [block] = await elementsOf(html, 'script[type="application/ld+json"]');
  return { html, title: title?.text, radios, data: JSON.parse(block?.text ?? '') as object };
}

const chosenIn = (radios: { attributes: Record<string, string> }[]) =>
  radios.flatMap(({ attributes }) => ('checked' in attributes ? attributes['id'] : []));

describe('an item with sizes', () => {
  it('is one card before any script runs, with a button for each, and none of them chosen', async () => {
    const { html, radios } = await pageAt('');
    expect(await elementsOf(html, 'article.item')).toHaveLength(1);
    expect(radios.map(({ attributes }) => attributes['id'])).toEqual(
      event.items.map(({ id }) => id),
    );
    expect(chosenIn(radios)).toEqual([]);
    expect(html).toContain('from €90.00');
    expect(html).toContain('<strong>9 left</strong> of 9');
    expect(html).toContain('Choose an option: Shoe');
    expect(html).not.toContain('<b>');
  });

  it('has a page on which none is chosen, and one for each', async () => {
    const all = await pageAt(`/items/${shoe.id}`);
    expect([all.title, chosenIn(all.radios)]).toEqual(['Shoe · SwiftDrop', []]);
    const id = event.items[0]?.id ?? '';
    const { html, title, radios } = await pageAt(`/items/${id}`);
    expect([title, chosenIn(radios)]).toEqual(['Shoe · 41 · SwiftDrop', [id]]);
    expect(html).toContain('€95.00</p>');
    expect(html).toContain('<strong>3 left</strong> of 3');
  });

  it('is one product group to search engines, with an offer of each size', async () => {
    const { data } = await pageAt('');
    const base = `https://shop.example/events/${event.id}/items/`;
    expect(data).toMatchObject({
      '@graph': [
        {
          '@type': 'ProductGroup',
          name: 'Shoe',
          productGroupID: shoe.id,
          hasVariant: [
            {
              '@type': 'Product',
              name: 'Shoe · 41',
              offers: { price: '95.00', url: `${base}${event.items[0]?.id}` },
            },
            { name: 'Shoe · 42', offers: { price: '90.00' } },
            { name: 'Shoe · <b>XL' },
          ],
        },
      ],
    });
  });
});
