/** A hold that is sent to an address, on the page of its event. */
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Address } from '../../worker/contract/address.ts';
import type { EventDetail } from '../../worker/contract/events.ts';
import type { OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { createDrafts, type Drafts } from '../page/drafts.ts';
import {
  anEntry,
  anEvent,
  anOrder,
  aPaymentAnswer,
  aSession,
  BERLIN,
  EVENT_ID,
  instant,
  NOON_MS,
  sentTotals,
} from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { address: texts } = LAZY_EN;
const ARMED_MS = 1_000;
const PAGE = 'https://pay.example/session';
const ID = anOrder().id;
const PAY = `POST /purchase/${ID}/pay`;
const SEND_TO = `PUT /purchase/${ID}/address`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const held = (fields: Partial<OrderHistoryEntry> = {}) =>
  anEntry({ payOnline: true, needsAddress: true, ...fields });

async function openHold(
  order: OrderHistoryEntry,
  own: Address | null = null,
  { drafts = createDrafts(null), ...event }: Partial<EventDetail> & { drafts?: Drafts } = {},
) {
  const server = fakeReviews();
  const { api } = server;
  const show = (shown: OrderHistoryEntry) =>
    api.listOrders.mockResolvedValue(
      ok({ orders: [shown], nextCursor: null, serverNow: instant(NOON_MS) }),
    );
  show(order);
  server.answer(PAY, aPaymentAnswer(PAGE));
  server.answer('GET /profile/address', { address: own });
  api.getEvent.mockResolvedValue(ok(anEvent({ needsAddress: true, ...event })));
  const assign = vi.spyOn(location, 'assign').mockReturnValue();
  await openShop({ api, session: aSession(), path: `/events/${EVENT_ID}`, drafts });
  await settle(ARMED_MS);
  await turns();
  return { server, api, show, assign };
}

async function turns() {
  for (let turn = 0; turn < 6; turn++) await settle();
}

/** The form comes in a file of its own. */
const field = (label: string) => waitFor(() => screen.getByLabelText<HTMLInputElement>(label));
const button = (name: RegExp | string) => screen.queryByRole('button', { name });

async function press(name: RegExp | string) {
  fireEvent.click(await waitFor(() => screen.getByRole('button', { name })));
  await turns();
}

async function type(fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) {
    fireEvent.input(await field(label), { target: { value } });
  }
}

async function choose(label: string, value: string) {
  fireEvent.change(await field(label), { target: { value } });
  await settle();
}

async function fillIn() {
  await choose(texts.country, 'DE');
  await type({
    [texts.name]: BERLIN.name,
    [texts.line1]: ` ${BERLIN.line1} `,
    [texts.postalCode.postal]: BERLIN.postalCode ?? '',
    [texts.city.city]: BERLIN.city ?? '',
  });
}

async function send() {
  const form = screen.getByRole('form', { name: texts.title });
  fireEvent.submit(form);
  await turns();
}

test('one says first where it goes, then sees what it costs in all, and then pays', async () => {
  const { server, show, assign } = await openHold(held());
  expect(await waitFor(() => screen.getByText(texts.needed))).toBeTruthy();
  expect(button(/^Buy now/)).toBeNull();
  await fillIn();
  fireEvent.click(await field(texts.keep));
  const after = held({ address: BERLIN, totals: sentTotals(24_900) });
  server.answer(SEND_TO, { order: after, serverNow: instant(NOON_MS) });
  show(after);
  await send();
  expect(server.asked.find(({ what }) => what === SEND_TO)?.body).toEqual({
    address: BERLIN,
    saveAddress: true,
  });
  expect(screen.getByText('10119 Berlin')).toBeTruthy();
  expect(screen.getByText('Shipping to Germany').nextElementSibling?.textContent).toBe('€4.90 ');
  expect(screen.getByText('Including 19% tax')).toBeTruthy();
  await press('Buy now – pay €253.90');
  expect(server.asked.at(-1)?.body).toEqual({});
  expect(assign.mock.calls).toEqual([[PAGE]]);
});

test('the fields are called and asked for as in the country that is chosen first', async () => {
  await openHold(held());
  expect((await field(texts.country)).value).toBe('GB');
  expect(screen.getByLabelText(texts.city.post_town)).toBeTruthy();
  await choose(texts.country, 'US');
  const state = await field(texts.region.state);
  expect(state.tagName).toBe('SELECT');
  expect(screen.getByLabelText(texts.postalCode.zip).getAttribute('autocomplete')).toBe(
    'shipping postal-code',
  );
  await choose(texts.country, 'IE');
  expect(screen.getByLabelText(texts.optional(texts.postalCode.eircode))).toBeTruthy();
  expect(screen.getByLabelText(texts.optional(texts.region.county)).tagName).toBe('INPUT');
});

test('a part that is wrong says so, the first one has the focus, and nothing is sent', async () => {
  const { server } = await openHold(held());
  await choose(texts.country, 'DE');
  await type({ [texts.name]: 'Maja Holm', [texts.postalCode.postal]: '1011' });
  await send();
  const street = await field(texts.line1);
  expect(document.activeElement).toBe(street);
  expect(street.getAttribute('aria-invalid')).toBe('true');
  const note = document.getElementById(street.getAttribute('aria-describedby') ?? '');
  expect(note?.textContent).toBe(texts.faults.missing);
  expect(screen.getByText(texts.faults.postalCode('Germany'))).toBeTruthy();
  expect((await field(texts.name)).getAttribute('aria-invalid')).toBe('false');
  expect(server.count(SEND_TO)).toBe(0);
  await type({ [texts.line1]: 'T' });
  expect(document.activeElement).toBe(street);
  expect(street.getAttribute('aria-invalid')).toBe('false');
});

test('a country that nothing is delivered to is at fault, until another one is chosen', async () => {
  const { server } = await openHold(held());
  await fillIn();
  server.refuse(SEND_TO, { status: 400, code: 'not_delivered_there' });
  await send();
  const country = await field(texts.country);
  expect(screen.getByText(texts.faults.notDelivered('Germany'))).toBeTruthy();
  expect(document.activeElement).toBe(country);
  expect(button(/^Buy now/)).toBeNull();
  await choose(texts.country, 'AT');
  expect(country.getAttribute('aria-invalid')).toBe('false');
});

test('a kept address is offered with what it costs, and another one can be used', async () => {
  const { server } = await openHold(held({ totals: sentTotals(24_900) }), BERLIN);
  expect(await waitFor(() => screen.getByText('10119 Berlin'))).toBeTruthy();
  expect(screen.getByText(texts.saved)).toBeTruthy();
  await press('Buy now – pay €253.90');
  expect(server.asked.at(-1)?.body).toEqual({ address: BERLIN });
  cleanup();
  await openHold(held({ totals: sentTotals(24_900) }), BERLIN);
  await press(texts.useOther);
  expect(button(/^Buy now/)).toBeNull();
  expect((await field(texts.name)).value).toBe('');
  await press(texts.cancel);
  expect(screen.getByText('10119 Berlin')).toBeTruthy();
});

test('what is typed outlives a reload, and not its sending', async () => {
  const drafts = createDrafts(null);
  await openHold(held(), null, { drafts });
  await type({ [texts.name]: 'Maja Holm' });
  cleanup();
  const { server } = await openHold(held(), null, { drafts });
  expect((await field(texts.name)).value).toBe('Maja Holm');
  await fillIn();
  server.answer(SEND_TO, { order: held({ address: BERLIN }), serverNow: instant(NOON_MS) });
  await send();
  expect(drafts.read(`address ${ID}`)).toBe('');
});

const sentFree = {
  lines: [
    { kind: 'items', amountCents: 0, included: false },
    { kind: 'shipping', amountCents: 0, included: false, country: 'DE' },
  ],
  totalCents: 0,
} satisfies OrderHistoryEntry['totals'];

test('where nothing is paid the address comes before the confirmation', async () => {
  const free = held({ payOnline: false, unitPriceCents: 0, totals: sentFree });
  const { server, api } = await openHold(free, BERLIN);
  api.confirm.mockResolvedValue(refused({ code: 'unavailable' }));
  server.answer(SEND_TO, { order: { ...free, address: BERLIN }, serverNow: instant(NOON_MS) });
  await press('Confirm order');
  expect(server.asked.find(({ what }) => what === SEND_TO)?.body).toEqual({
    address: BERLIN,
    saveAddress: false,
  });
  expect(api.confirm).toHaveBeenCalledTimes(1);
  cleanup();
  await openHold(free);
  expect(await waitFor(() => screen.getByText(texts.neededFree))).toBeTruthy();
  expect(button('Confirm order')).toBeNull();
});

const NEAR = [
  { countries: ['CH'], priceCents: 990 },
  { countries: ['AT'], priceCents: 490 },
];
const offered = (select: HTMLInputElement) =>
  within(select)
    .getAllByRole<HTMLOptionElement>('option')
    .map(({ textContent }) => textContent);

test('only where the drop is delivered to can be chosen', async () => {
  await openHold(held(), null, { shipping: NEAR });
  const country = await field(texts.country);
  expect(offered(country)).toEqual([texts.choose, 'Austria', 'Switzerland']);
  expect(country.getAttribute('aria-invalid')).toBe('false');
  cleanup();
  await openHold(held(), null, { shipping: NEAR.slice(1) });
  const only = await field(texts.country);
  expect([only.value, offered(only)]).toEqual(['AT', ['Austria']]);
  cleanup();
  await openHold(held(), null, { shipping: [...NEAR, { countries: [], priceCents: 1_990 }] });
  expect(offered(await field(texts.country)).length).toBeGreaterThan(200);
});

test('a kept address that is not delivered to is no total to pay, but a form that says so', async () => {
  const { server } = await openHold(held(), BERLIN, { shipping: NEAR });
  expect(await waitFor(() => screen.getByText(texts.faults.notDelivered('Germany')))).toBeTruthy();
  expect(button(/^Buy now/)).toBeNull();
  const country = await field(texts.country);
  expect([country.value, country.getAttribute('aria-invalid')]).toEqual(['', 'true']);
  expect(screen.queryByRole('button', { name: texts.cancel })).toBeNull();
  await choose(texts.country, 'AT');
  expect((await field(texts.name)).value).toBe(BERLIN.name);
  await type({ [texts.postalCode.postal]: '1010' });
  server.answer(SEND_TO, { order: held({ address: BERLIN }), serverNow: instant(NOON_MS) });
  await send();
  expect(server.asked.find(({ what }) => what === SEND_TO)?.body).toMatchObject({
    address: { country: 'AT', postalCode: '1010' },
  });
});

test('an address of the order can be changed before one pays', async () => {
  const before = held({ address: BERLIN, totals: sentTotals(24_900) });
  const { server, show } = await openHold(before);
  await press(texts.change);
  const town = await field(texts.city.city);
  expect(town.value).toBe('Berlin');
  await type({ [texts.city.city]: 'Potsdam' });
  const after = { ...before, address: { ...BERLIN, city: 'Potsdam' } };
  server.answer(SEND_TO, { order: after, serverNow: instant(NOON_MS) });
  show(after);
  await send();
  expect(screen.getByText('10119 Potsdam')).toBeTruthy();
  expect(button(/^Buy now/)).not.toBeNull();
});
