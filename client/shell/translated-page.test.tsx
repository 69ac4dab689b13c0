/** A page that the browser translates: what moves goes on moving, and nothing breaks. */
import { cleanup, render } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followTranslator } from '../page/translated-page.ts';
import { HoldCard } from '../purchase/hold-card.tsx';
import { anEvent, anItem, anOrder } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { StockBar } from '../ui/stock-bar.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** As Chrome's translator leaves a page: each text in two `font` of its own, in place of the node. */
function translate(root: Element) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Node[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts.filter(({ textContent }) => textContent !== '')) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = `«${text.textContent}»`;
    outer.append(inner);
    text.parentNode?.replaceChild(outer, text);
  }
}

describe('in a translated page', () => {
  test('a countdown counts on', () => {
    const view = render(<Countdown label="Closes in" remainingMs={61_000} />);
    translate(view.container);
    for (const [remainingMs, digits] of [
      [60_000, '00'],
      [59_000, '59'],
      [3_660_000, '01'],
    ] as const) {
      view.rerender(<Countdown label="Closes in" remainingMs={remainingMs} />);
      const cells = [...view.container.querySelectorAll('.countdown-digits')];
      expect(cells.map(({ textContent }) => textContent)).toContain(digits);
    }
  });

  test('stock is what is left, held and sold now', () => {
    const stock = { total: 10, remaining: 10, held: 0, sold: 0 };
    const view = render(<StockBar stock={stock} />);
    translate(view.container);
    view.rerender(<StockBar stock={{ ...stock, remaining: 7, held: 2, sold: 1 }} />);
    const rows = [...view.container.querySelectorAll('li')];
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      '7 left of 10',
      '2 held',
      '1 sold',
    ]);
    translate(view.container);
    view.rerender(<StockBar stock={{ ...stock, remaining: 9, sold: 1 }} />);
    expect(view.container.querySelectorAll('li')[0]?.textContent).toBe('9 left of 10');
  });

  test('a hold’s seconds run', () => {
    const props = {
      order: anOrder(),
      name: 'Headphones',
      locale: 'en',
      deciding: null,
      isArmed: true,
    } as const;
    const card = (remainingMs: number) => (
      <HoldCard
        {...props}
        remainingMs={remainingMs}
        problem={undefined}
        pay={() => null}
        onDecide={() => {}}
      />
    );
    const view = render(card(61_000));
    translate(view.container);
    view.rerender(card(59_000));
    expect(view.container.querySelector('.hold-digits')?.textContent).toContain('0:59');
  });
});

describe('a translated shop', () => {
  beforeEach(() => void vi.useFakeTimers());

  test('goes on: its digits move, its words change, and its screens follow one another', async () => {
    const item = anItem({ stock: { total: 5, remaining: 5, held: 0, sold: 0 } });
    const api = fakeApi();
    api.getEvent.mockResolvedValue(ok(anEvent({ items: [item] })));
    const { container, shop } = await openShop({ api, path: '/events/evt_1' });
    translate(container);
    await settle(1_000);
    const sold = { ...item, stock: { total: 5, remaining: 0, held: 0, sold: 5 } };
    api.getEvent.mockResolvedValue(ok(anEvent({ items: [sold], status: 'sold_out' })));
    await settle(60_000);
    expect(container.textContent).toContain('0 left of 5');
    expect(container.querySelector('.facts .badge')?.textContent).toBe('Sold out');
    expect(container.querySelector('.queue .button')?.textContent).toBe('Sign in to wait');
    translate(container);
    await settle(1_000);
    container.querySelector<HTMLAnchorElement>('.back a')?.click();
    await settle(1_000);
    expect(container.querySelector('h1')?.textContent).toContain('Limited drops');
    expect(shop.session.current.value).toBeNull();
  });
});

/** Once the observer has been told. */
const seen = () => new Promise((resolve) => setTimeout(resolve));

test('a text that is written anew or removed takes what stood for it away', async () => {
  const place = document.createElement('p');
  document.body.append(place);
  const end = followTranslator(place);
  const [text, other] = [document.createTextNode('one'), document.createTextNode(' two')];
  place.append(text, other);
  await seen();
  translate(place);
  await seen();
  expect(place.textContent).toBe('«one»« two»');
  text.data = 'three';
  await seen();
  expect(place.textContent).toBe('three« two»');
  // What is put before a text finds it where it was.
  place.insertBefore(document.createElement('b'), other);
  other.remove();
  await seen();
  expect(place.textContent).toBe('three');
  end();
  place.remove();
});
