import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderId } from '../../../worker/contract/ids.ts';
import type { OrderSlip } from '../../../worker/contract/order-slips.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail } from '../../testing/orders.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { SLIP_WORDS } from '../texts/slip-words.ts';
import { Slips } from './slips.tsx';

const TEXTS = ADMIN_EN.chosen;
const ORDERS = [
  aDetail(),
  aDetail({ id: 'ord_2' as OrderId }),
  aDetail({ id: 'ord_3' as OrderId }),
];

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function aSlip(fields: Partial<OrderSlip> = {}): OrderSlip {
  const { id, number } = aDetail();
  return {
    id,
    number,
    eventTitle: 'Sunday sound',
    itemName: 'Headphones',
    variantLabel: 'black',
    units: 2,
    customerName: 'Maja Holm',
    language: 'en',
    address: null,
    boughtAt: instant(NOON_MS),
    unitPriceCents: 24_900,
    currency: 'EUR',
    totalCents: 50_290,
    totals: {
      lines: [
        { kind: 'items', amountCents: 49_800, included: false },
        { kind: 'shipping', amountCents: 490, included: false, country: 'AT' },
        { kind: 'tax', amountCents: 8_382, included: true, ratePercent: 20, country: 'AT' },
      ],
      totalCents: 50_290,
    },
    ...fields,
  };
}

const totals = (of: Element | undefined) =>
  [...(of?.querySelectorAll('.slip-totals > div') ?? [])].map(
    (row) => `${row.firstElementChild?.textContent}: ${row.lastElementChild?.textContent}`,
  );

async function open() {
  const german = aSlip({
    id: 'ord_2' as OrderId,
    language: 'de',
    address: {
      name: 'M. Holm',
      company: 'Holm GmbH',
      line1: 'Lampengasse 1',
      postalCode: '1010',
      city: 'Wien',
      country: 'AT',
    },
  });
  const slips = [aSlip(), german];
  const readSlips = vi.fn<AdminApi['readSlips']>(async () =>
    ok({ shopName: 'Lamp Shop', slips, serverNow: '' }),
  );
  await drawInConsole(<Slips orders={ORDERS} onBack={() => undefined} />, { readSlips });
  return readSlips;
}

test('each order has a slip in its customer’s language, and who has none is counted', async () => {
  const readSlips = await open();
  expect(readSlips.mock.calls).toEqual([[ORDERS.map(({ id }) => id)]]);
  const [english, german] = screen.getAllByRole('article');
  expect(english?.lang).toBe('en');
  for (const part of ['Lamp Shop', 'Packing slip', 'Maja Holm', 'Headphones · black', '2']) {
    expect(english?.textContent).toContain(part);
  }
  expect(german?.lang).toBe('de');
  expect(german?.querySelector('h2')?.textContent).toBe(SLIP_WORDS.de.title);
  const lines = [...(german?.querySelectorAll('address > span') ?? [])];
  expect(lines.map(({ textContent }) => textContent)).toEqual([
    'M. Holm',
    'Holm GmbH',
    'Lampengasse 1',
    '1010 Wien',
    'Österreich',
  ]);
  expect(screen.getByText(TEXTS.slipsMissing(1))).toBeTruthy();
});

test('prices are on them only where somebody asks for that', async () => {
  await open();
  const [slip] = screen.getAllByRole('article');
  expect(slip?.textContent).not.toContain('€');
  fireEvent.click(screen.getByRole('checkbox', { name: TEXTS.withPrices }));
  await settle();
  expect(slip?.textContent).toContain('€249.00');
  expect(totals(slip)).toEqual([
    'Items: €498.00',
    'Shipping to Austria: €4.90',
    'Total of the order: €502.90',
    'Including 20% tax: €83.82',
  ]);
  expect(totals(screen.getAllByRole('article')[1])[1]).toMatch(
    /^Versand nach: Österreich: 4,90\s€$/,
  );
});

test('a press prints what is shown', async () => {
  await open();
  const print = vi.fn<() => void>();
  vi.stubGlobal('print', print);
  fireEvent.click(screen.getByRole('button', { name: TEXTS.print }));
  expect(print).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});
