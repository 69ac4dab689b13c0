import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventDetail } from '../../worker/contract/events.ts';
import type { OrderId, QueueEntryId } from '../../worker/contract/ids.ts';
import {
  anEntry,
  anEvent,
  anItem,
  anOrder,
  anOwnEntry,
  aQueue,
  aQueueEntry,
  aSession,
  EVENT_ID,
  ITEM_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import {
  GONE,
  openQueued as open,
  serverNow,
  settleAll as settle,
} from '../testing/queued-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';
import { TEXTS } from '../texts/texts.ts';

const { queue: texts } = LAZY_EN;
const PATH = `/events/${EVENT_ID}`;
const OPENS_MS = NOON_MS + 30 * MINUTE_MS;
const DRAW: Partial<EventDetail> = {
  status: 'locked',
  admission: 'draw',
  startsAt: instant(OPENS_MS),
  entriesCloseAt: instant(OPENS_MS - 40_000),
};
const LIVE_DRAW: Partial<EventDetail> = { ...DRAW, status: 'live', startsAt: instant(NOON_MS) };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const button = (name: string) => screen.getByRole('button', { name });
const JOIN = `${texts.join}: Headphones`;
const enters = `POST /queue/${ITEM_ID}`;

test('a sold-out card leads into the waitlist by one press, and shows the place', async () => {
  const { server } = await open({});
  expect(screen.getByText('3 people wait before you.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Sold out|returned unit/ })).toBeNull();
  button(JOIN).focus();
  fireEvent.click(button(JOIN));
  await settle();
  expect(server.asked.find(({ what }) => what === enters)?.body).toEqual({
    quantity: 1,
    minQuantity: 1,
  });
  const place = screen.getByRole('region', { name: texts.placeTitle });
  expect(place.textContent).toContain('2 people ahead of you');
  expect(place.textContent).toContain('Your turn may come');
  expect(place.textContent).toContain(texts.howOffer('10 minutes'));
  // What had the focus is gone, and reading goes on where it was.
  expect(document.activeElement).toBe(place.closest('.item-action'));
  expect(screen.queryByRole('button', { name: JOIN })).toBeNull();
});

test('the focus stays where Buy was', async () => {
  const stock = { total: 10, remaining: 1, held: 3, sold: 6 };
  const { server } = await open({ item: { stock } });
  button('Buy: Headphones').focus();
  server.api.getEvent.mockResolvedValue(ok(anEvent({ items: [anItem({ stock: GONE })] })));
  await settle(4_000);
  const join = button(JOIN);
  expect(document.activeElement).toBe(join.closest('.item-action'));
});

test('whoever hammers Buy while the last unit goes does not enter by that', async () => {
  const { server } = await open({ item: { stock: { ...GONE, remaining: 1, held: 3 } } });
  server.api.reserve.mockResolvedValue(refused({ code: 'sold_out', stock: GONE }));
  fireEvent.click(button('Buy: Headphones'));
  await settle();
  fireEvent.click(button(JOIN));
  await settle();
  expect(server.count(enters)).toBe(0);
  await settle(1_000);
  fireEvent.click(button(JOIN));
  await settle();
  expect(server.count(enters)).toBe(1);
});

test('more than one is wished for where the limit allows it, and kept through signing in', async () => {
  const item = { limitPerCustomer: 4 };
  const guest = await open({ item, session: null });
  fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: '3' } });
  expect(screen.getByText(texts.fewerHint)).toBeTruthy();
  fireEvent.change(screen.getByLabelText(texts.smallest), { target: { value: '2' } });
  expect(screen.getByText(texts.smallestHint)).toBeTruthy();
  fireEvent.click(button(`${texts.joinSignedOut}: Headphones`));
  await settle();
  expect(location.pathname + location.search).toBe(
    `/sign-in?next=${encodeURIComponent(`${PATH}#${ITEM_ID}`)}`,
  );
  guest.shop.session.start(aSession());
  await settle();
  await settle(1_000);
  expect(screen.getByLabelText<HTMLSelectElement>('Quantity').value).toBe('3');
  fireEvent.click(button(JOIN));
  await settle();
  const entered = guest.server.asked.find(({ what }) => what === enters);
  expect(entered?.body).toEqual({ quantity: 3, minQuantity: 2 });
});

test.each([
  ['email_unverified', 403, LAZY_EN.problems.email_unverified],
  ['limit_reached', 403, 'You have reached the limit per customer for this item.'],
  ['queue_closed', 409, LAZY_EN.problems.queue_closed],
  ['queue_full', 409, LAZY_EN.problems.queue_full],
] as const)('why one cannot enter is told: %s', async (code, status, words) => {
  const { server } = await open({});
  server.refuse(enters, { status, code });
  fireEvent.click(button(JOIN));
  await settle();
  expect(screen.getByRole('alert').textContent).toContain(words);
});

test('that other accounts of one’s mailbox wait already is told', async () => {
  const { server } = await open({});
  const counts = { limit: 2, held: 0, bought: 0, waiting: 2 };
  server.refuse(enters, { status: 403, code: 'limit_reached', ...counts });
  fireEvent.click(button(JOIN));
  await settle();
  expect(screen.getByRole('alert').textContent).toContain(texts.mailboxWaits(2));
});

test('a place is there again after a reload, and is left by a second press', async () => {
  const { server } = await open({ own: [aQueueEntry({ ahead: { entries: 0, units: 0 } })] });
  expect(screen.getByText(texts.standing.next())).toBeTruthy();
  const left = aQueueEntry({ status: 'left', ahead: null });
  server.answer(`POST /queue/${left.id}/leave`, { entry: left, serverNow });
  fireEvent.click(button(texts.leave));
  await settle();
  expect(server.count(`POST /queue/${left.id}/leave`)).toBe(0);
  // The question is heard with what changes nothing, and the focus is not lost by either answer.
  expect(screen.getByRole('group', { name: texts.leaveAsk })).toBeTruthy();
  expect(document.activeElement).toBe(button(texts.stay));
  fireEvent.click(button(texts.stay));
  await settle();
  expect(document.activeElement).toBe(button(texts.leave));
  fireEvent.click(button(texts.leave));
  await settle();
  fireEvent.click(button(texts.leave));
  await settle();
  expect(screen.getByText(texts.left)).toBeTruthy();
  expect(button(JOIN)).toBeTruthy();
});

test('the place moves with the queue and asks nobody', async () => {
  const entry = aQueueEntry({ rank: 900, ahead: { entries: 800, units: 800 } });
  const item = { queue: aQueue({ waiting: 900, offers: 90, servedRank: 90 }) };
  const { server } = await open({ own: [entry], item });
  const later = anItem({
    stock: GONE,
    queue: aQueue({ waiting: 700, offers: 290, servedRank: 290 }),
  });
  server.api.getEvent.mockResolvedValue(ok(anEvent({ items: [later] })));
  await settle(10_000);
  expect(screen.getByText('600')).toBeTruthy();
  expect(server.count(`GET /queue/${entry.id}`)).toBe(0);
});

test('whose turn it is has it without a press: above the hold, in the bar and in the tab', async () => {
  const entry = aQueueEntry({ quantity: 2 });
  const { server } = await open({ own: [entry] });
  const orderId = 'ord_000000000001_000000000000000001' as OrderId;
  const offered = aQueueEntry({ quantity: 2, status: 'offered', ahead: null, orderId });
  const order = anEntry({
    id: orderId,
    entryId: entry.id,
    quantity: 1,
    expiresAt: instant(NOON_MS + 10 * MINUTE_MS),
  });
  server.answer(`GET /queue/${entry.id}`, { entry: offered, serverNow });
  server.api.listOrders.mockResolvedValue(ok({ orders: [order], nextCursor: null, serverNow }));
  const served = anItem({ stock: GONE, queue: aQueue({ waiting: 0, offers: 3, servedRank: 3 }) });
  server.api.getEvent.mockResolvedValue(ok(anEvent({ items: [served] })));
  await settle(10_000);
  expect(screen.getByText(texts.turnTitle)).toBeTruthy();
  expect(screen.getByText(texts.turnSmaller(2, 1))).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Order with obligation to pay' })).toBeTruthy();
  expect(document.title).toMatch(/^9:\d\d – it is your turn • Sunday sound/);
  const voices = [...document.querySelectorAll('[aria-live=polite]')].map((one) => one.textContent);
  expect(voices.filter((words) => words?.includes('It is your turn: Headphones.'))).toHaveLength(1);

  // On any other screen the bar leads back to it.
  fireEvent.click(screen.getByRole('link', { name: 'SwiftDrop' }));
  await settle(1_000);
  const bar = screen.getByRole('complementary', { name: 'Your holds' });
  expect(bar.textContent).toContain('It is your turn: Headphones');
  expect(document.title).toMatch(/it is your turn • /);
  server.api.listOrders.mockResolvedValue(
    ok({ orders: [{ ...order, status: 'expired' }], nextCursor: null, serverNow }),
  );
  await settle(11 * MINUTE_MS);
  expect(document.title).not.toMatch(/your turn/);
});

test('an offer that is known from the orders alone is a turn, too', async () => {
  const entryId = 'ent_000000000001_000000000000000001' as QueueEntryId;
  const { server } = await open({});
  server.api.listOrders.mockResolvedValue(
    ok({ orders: [anEntry({ ...anOrder({ entryId }) })], nextCursor: null, serverNow }),
  );
  document.dispatchEvent(new Event('visibilitychange'));
  await settle(1_000);
  expect(screen.getByText(texts.turnTitle)).toBeTruthy();
});

test('a place that was not reached says so at once, and why', async () => {
  const { server } = await open({ own: [aQueueEntry()] });
  server.api.getEvent.mockResolvedValue(
    ok(anEvent({ status: 'closed', items: [anItem({ stock: GONE })] })),
  );
  await settle(10_000);
  expect(screen.getByText(texts.overTitle)).toBeTruthy();
  cleanup();
  await open({ own: [aQueueEntry({ status: 'skipped', reason: 'disqualified', ahead: null })] });
  expect(screen.getByText(texts.skipped.disqualified)).toBeTruthy();
  expect(screen.queryByRole('button', { name: JOIN })).toBeNull();
});

test.each([
  [1, 'Together they want 7 units.'],
  [12, 'Together they want at most 7 units.'],
])('with rank %s served: %s', async (servedRank, words) => {
  const entry = aQueueEntry({ rank: 12, ahead: { entries: 3, units: 7 } });
  const { server } = await open({
    item: { queue: aQueue({ waiting: 20, servedRank }) },
    own: [entry],
  });
  server.answer(`GET /queue/${entry.id}`, { entry, serverNow });
  expect(screen.getByText(words)).toBeTruthy();
});

test('a coming draw takes entries, and says with how many others and when it is drawn', async () => {
  const stock = { total: 10, remaining: 10, held: 0, sold: 0 };
  const { server } = await open({ event: DRAW, item: { stock } });
  const entry = aQueueEntry({ rank: null, ahead: null, outlook: 'unknown' });
  server.answer(enters, { entry, serverNow });
  expect(screen.getByText(`3 people have entered. ${texts.drawShare(1)}`)).toBeTruthy();
  fireEvent.click(button(`${texts.enterDraw}: Headphones`));
  await settle();
  const place = screen.getByRole('region', { name: texts.takePartTitle });
  expect(place.textContent).toContain('2 other people have entered.');
  expect(place.textContent).toContain('The places are drawn at');
  expect(place.textContent).toContain(texts.drawShare(1));
});

test('a place in a draw shows its receipt, to be copied and to check the draw with', async () => {
  const record = { seq: 7, head: '5f'.repeat(32) };
  const undrawn = { rank: null, ahead: null, outlook: 'unknown' } as const;
  const entry = aQueueEntry({ ...undrawn, record, receipt: 'aa.bb.cc' });
  await open({ event: DRAW, own: [entry] });
  expect(screen.getByText(texts.receipt('7'))).toBeTruthy();
  const link = screen.getByText<HTMLAnchorElement>(texts.receiptCheck);
  expect(link.getAttribute('href')).toBe(`/events/${entry.eventId}/draw#receipt=aa.bb.cc`);
  const writeText = vi.fn<Clipboard['writeText']>(async () => {});
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard);
  fireEvent.click(screen.getByText(texts.receiptCopy));
  await settle();
  expect(writeText).toHaveBeenCalledWith('aa.bb.cc');
});

test('once entries are closed it is not said for how many of those who wait there is enough', async () => {
  const stock = { total: 10, remaining: 10, held: 0, sold: 0 };
  const undrawn = aQueueEntry({ rank: null, ahead: null, outlook: 'unknown' });
  const entriesCloseAt = instant(NOON_MS + MINUTE_MS);
  await open({ event: { ...DRAW, entriesCloseAt }, item: { stock }, own: [undrawn] });
  const place = screen.getByRole('region', { name: texts.takePartTitle });
  expect(place.textContent).toContain(texts.drawShare(1));
  await settle(MINUTE_MS);
  expect(place.textContent).not.toContain(texts.drawShare(1));
  expect(place.textContent).not.toContain('2 other people have entered.');
  expect(place.textContent).toContain('The places are drawn at');
});

test('at the opening it is drawn, and then the place is shown', async () => {
  const stock = { total: 10, remaining: 10, held: 0, sold: 0 };
  const undrawn = aQueueEntry({ rank: null, ahead: null, outlook: 'unknown' });
  const item = { stock, queue: aQueue({ waiting: 20 }) };
  const { server } = await open({ event: LIVE_DRAW, item, own: [undrawn] });
  expect(screen.getByText(texts.drawing)).toBeTruthy();
  const items = [{ eventItemId: ITEM_ID, ...aQueue({ waiting: 20, offers: 2, servedRank: 2 }) }];
  server.answer(`GET /events/${EVENT_ID}/queue`, {
    items,
    drawn: true,
    drawnAt: serverNow,
    seed: null,
    serverNow,
  });
  server.answer(`GET /queue/${undrawn.id}`, {
    entry: aQueueEntry({ rank: 12, ahead: { entries: 9, units: 9 } }),
    serverNow,
  });
  await settle(8_000);
  expect(screen.getByText('people ahead of you').textContent).toContain('9');
});

test('whoever is refused because others wait is not told that all is taken', async () => {
  const { server } = await open({ item: { stock: { ...GONE, remaining: 1, held: 3 } } });
  server.api.reserve.mockResolvedValue(refused({ code: 'queue_ahead' }));
  fireEvent.click(button('Buy: Headphones'));
  await settle();
  expect(screen.getByText(texts.waitlistPromised)).toBeTruthy();
  expect(screen.queryByText(texts.waitlistLead)).toBeNull();
});

test('who enters too late is told so, and joins a waitlist', async () => {
  const stock = { total: 10, remaining: 10, held: 0, sold: 0 };
  const entriesCloseAt = instant(NOON_MS - MINUTE_MS);
  await open({ event: { ...DRAW, entriesCloseAt }, item: { stock } });
  const region = screen.getByRole('region', { name: texts.waitlistTitle });
  expect(region.textContent).toContain(texts.lateLead);
  expect(button(JOIN)).toBeTruthy();
  cleanup();
  await open({ event: LIVE_DRAW, item: { queue: aQueue({ offers: 4 }) } });
  expect(screen.getByText(texts.waitlistAfterDraw)).toBeTruthy();
});

test('who comes too late for a draw without a waitlist is told so, and offered no entry', async () => {
  const stock = { total: 10, remaining: 10, held: 0, sold: 0 };
  const entriesCloseAt = instant(NOON_MS - MINUTE_MS);
  await open({ event: { ...DRAW, entriesCloseAt, waitlist: false }, item: { stock } });
  const region = screen.getByRole('region', { name: texts.drawTitle });
  expect(region.textContent).toContain(texts.entriesClosed);
  expect(region.querySelector('button')).toBeNull();
  cleanup();
  await open({ event: { ...LIVE_DRAW, waitlist: false }, item: { stock } });
  expect(screen.getByText(texts.entriesClosed)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /(?<!Pictures): Headphones/ })).toBeNull();
});

test('one’s places are listed above one’s orders', async () => {
  await open({ own: [aQueueEntry()], path: '/orders' });
  expect(screen.getByRole('heading', { name: texts.listTitle })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Headphones' }).getAttribute('href')).toBe(
    `${PATH}#${ITEM_ID}`,
  );
  expect(screen.getByText('2 people ahead of you')).toBeTruthy();
});

test('a receipt that was not kept is found beside one’s orders, also once it is over', async () => {
  const record = { seq: 7, head: '5f'.repeat(32) };
  const entry = aQueueEntry({ status: 'closed', record, receipt: 'aa.bb.cc' });
  await open({ own: [entry], path: '/orders' });
  expect(screen.getByText(texts.receipt('7'))).toBeTruthy();
  expect(screen.getByText(texts.receiptCheck).getAttribute('href')).toBe(
    `/events/${entry.eventId}/draw#receipt=aa.bb.cc`,
  );
});

test('the list of one’s places asks for its first page again, and for no other', async () => {
  const { server } = await open({ own: [aQueueEntry()], path: '/orders' });
  const asks = 'GET /profile/queue';
  server.answer(asks, { entries: [anOwnEntry()], nextCursor: 'next', serverNow });
  const before = server.count(asks);
  await settle(2 * MINUTE_MS);
  const since = server.count(asks) - before;
  expect(since).toBeGreaterThan(0);
  expect(since).toBeLessThanOrEqual(3);
  expect(screen.getByRole('button', { name: TEXTS.showMore })).toBeTruthy();
});
