import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveSnapshot } from '../../worker/contract/live.ts';
import { anEvent, EVENT_ID, ITEM_ID, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { type FakeSocket, openShop, settle } from '../testing/fake-shop.tsx';

const PATH = `/events/${EVENT_ID}`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  cleanup();
  vi.useRealTimers();
});

function aSnapshot(seq: number, remaining: number): LiveSnapshot {
  const stock = { total: 10, remaining, held: 0, sold: 10 - remaining };
  return {
    v: 1,
    seq,
    takenAtMs: NOON_MS + seq,
    status: remaining > 0 ? 'live' : 'sold_out',
    opensAtMs: NOON_MS - MINUTE_MS,
    closesAtMs: NOON_MS + 60 * MINUTE_MS,
    items: [{ id: ITEM_ID, ...stock, nextReleaseAtMs: null }],
    serverNow: instant(NOON_MS + seq),
  };
}

async function openLive() {
  const api = fakeApi();
  const sockets: FakeSocket[] = [];
  const view = await openShop({ api, sockets, path: PATH });
  const tell = async (snapshot: LiveSnapshot) => {
    sockets.at(-1)?.tell(snapshot);
    await settle();
  };
  return { api, sockets, tell, ...view };
}

function look(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

test('stock and status follow the socket, and an old message changes nothing', async () => {
  const { tell } = await openLive();
  await tell(aSnapshot(2, 4));
  expect(screen.getByText('4 left')).toBeTruthy();
  await tell(aSnapshot(1, 9));
  expect(screen.queryByText('9 left')).toBeNull();
  await tell(aSnapshot(3, 0));
  expect(screen.getByText('0 left')).toBeTruthy();
  expect(screen.getAllByText('Sold out').length).toBeGreaterThan(0);
});

test('while the socket sends, the page hardly asks, and an error of asking is not shown', async () => {
  const { api, sockets, tell } = await openLive();
  await tell(aSnapshot(1, 4));
  api.getEvent.mockResolvedValue(refused({ code: 'unavailable' }));
  await settle(5_000);
  const asked = api.getEvent.mock.calls.length;
  for (let n = 0; n < 4; n++) {
    await settle(10_000);
    sockets[0]?.tell('pong');
  }
  expect(api.getEvent.mock.calls.length - asked).toBeLessThanOrEqual(1);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(sockets).toHaveLength(1);
  expect(sockets[0]?.sent).toEqual(['ping']);
});

test('after a drop the page asks for what was missed, polls, and connects again later', async () => {
  const { api, sockets, tell } = await openLive();
  await tell(aSnapshot(1, 4));
  await settle(10_000);
  const asked = api.getEvent.mock.calls.length;
  sockets[0]?.drop();
  await settle(4_000);
  expect(api.getEvent.mock.calls.length).toBeGreaterThan(asked);
  expect(sockets).toHaveLength(1);
  await settle(7_000);
  expect(sockets).toHaveLength(2);
  await tell(aSnapshot(5, 3));
  expect(screen.getByText('3 left')).toBeTruthy();
});

test('a socket that falls silent is given up', async () => {
  const { sockets, tell } = await openLive();
  await tell(aSnapshot(1, 4));
  await settle(25_000);
  expect(sockets[0]?.sent).toEqual(['ping']);
  await settle(25_000);
  expect(sockets[0]?.readyState).toBe(WebSocket.CLOSED);
  await settle(11_000);
  expect(sockets).toHaveLength(2);
});

test('a socket that died with a network that came back is given up at once', async () => {
  const { api, sockets, tell } = await openLive();
  await tell(aSnapshot(1, 4));
  // Another network now: the socket is dead, and nobody says so.
  api.getEvent.mockResolvedValue(ok(anEvent({ serverNow: instant(NOON_MS + 10_000) })));
  await settle(10_000);
  dispatchEvent(new Event('online'));
  await settle(3_000);
  expect(sockets[0]?.sent).toEqual(['ping']);
  expect(sockets[0]?.readyState).toBe(WebSocket.CLOSED);
  expect(sockets).toHaveLength(2);
  expect(screen.getByText('6 left')).toBeTruthy();
});

test('a socket that answers after a sleep is kept', async () => {
  const { sockets, tell } = await openLive();
  await tell(aSnapshot(1, 4));
  dispatchEvent(new Event('online'));
  sockets[0]?.tell('pong');
  await settle(10_000);
  expect(sockets).toHaveLength(1);
  expect(sockets[0]?.readyState).toBe(WebSocket.OPEN);
});

test('a hidden page holds no socket, and opens one when it is shown again', async () => {
  const { sockets } = await openLive();
  look('hidden');
  expect(sockets[0]?.readyState).toBe(WebSocket.CLOSED);
  await settle(60_000);
  expect(sockets).toHaveLength(1);
  look('visible');
  expect(sockets).toHaveLength(2);
});

test('leaving the event closes its socket for good', async () => {
  const { sockets } = await openLive();
  fireEvent.click(screen.getByRole('link', { name: 'All drops' }));
  await settle();
  expect(sockets[0]?.readyState).toBe(WebSocket.CLOSED);
  await settle(60_000);
  expect(sockets).toHaveLength(1);
});

test('no socket is opened again for an event that is no longer public', async () => {
  const { sockets } = await openLive();
  sockets[0]?.drop(4_404);
  await settle(120_000);
  expect(sockets).toHaveLength(1);
});

test('a page that is open shows that its sale was closed by hand, and soon when', async () => {
  const { api, tell } = await openLive();
  const closedAt = instant(NOON_MS + 1_000);
  api.getEvent.mockResolvedValue(ok(anEvent({ status: 'closed', endsAt: closedAt, closedAt })));
  await tell({ ...aSnapshot(1, 4), status: 'closed', closesAtMs: 0 });
  expect(screen.getByText('Closed by the shop')).toBeTruthy();
  await settle(2_000);
  expect(screen.getByText(/^Closed by the shop Sun 22 Nov, \d\d:00/)).toBeTruthy();
});
