import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { LiveSnapshot } from '../../worker/contract/live.ts';
import { ITEM_ID, instant, NOON_MS } from '../testing/builders.ts';
import { FakeSocket } from '../testing/fake-shop.tsx';
import { seeded } from '../testing/seeded.ts';
import { type Live, NOT_LIVE, reduceLive } from './live.ts';
import { keepLiveSocket } from './live-socket.ts';

const VIEWERS = 2_000;
const SECOND_MS = 1_000;
/** Of all viewers in any one second; spread evenly over twenty seconds it would be 5 %. */
const SHARE_MAX = 0.07;
/** While nobody opens, the last first tries meet the first second ones. */
const SHARE_AWAY_MAX = 0.1;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

function aSnapshot(seq: number): LiveSnapshot {
  const stock = { total: 10, remaining: 10 - seq, held: 0, sold: seq };
  return {
    v: 1,
    seq,
    takenAtMs: NOON_MS,
    status: 'live',
    opensAtMs: NOON_MS,
    closesAtMs: NOON_MS + 3_600_000,
    items: [{ id: ITEM_ID, ...stock, nextReleaseAtMs: null }],
    serverNow: instant(NOON_MS),
  };
}

/** Says that it is still there whenever it is asked. */
class AnsweringSocket extends FakeSocket {
  override send(data: unknown) {
    super.send(data);
    queueMicrotask(() => this.tell('pong'));
  }
}

/** A server that accepts sockets while it is up, and what its viewers did and know. */
function openHouse(viewers = VIEWERS) {
  const server = { isUp: true, seq: 1 };
  const sockets = new Set<FakeSocket>();
  const connectsMs: number[] = [];
  const asksMs: number[] = [];
  const lives: Live[] = [];
  const random = seeded(29);

  function open(): FakeSocket {
    const socket = new AnsweringSocket();
    connectsMs.push(Date.now());
    queueMicrotask(() => {
      if (!server.isUp) return socket.drop();
      sockets.add(socket);
      socket.tell(aSnapshot(server.seq));
    });
    return socket;
  }
  const stops = Array.from({ length: viewers }, (_, viewer) => {
    lives[viewer] = NOT_LIVE;
    return keepLiveSocket({
      open,
      random,
      onUpdate: (update) => {
        lives[viewer] = reduceLive(lives[viewer] ?? NOT_LIVE, update);
      },
      onDropped: () => asksMs.push(Date.now()),
    });
  });
  onTestFinished(() => {
    for (const stop of stops) stop();
  });
  return {
    server,
    lives,
    asksMs,
    connectsMs,
    dropAll() {
      connectsMs.length = 0;
      const dropped = [...sockets];
      sockets.clear();
      for (const socket of dropped) socket.drop();
    },
  };
}

/** How many happened in each second since a moment. */
function perSecond(timesMs: readonly number[], sinceMs: number): number[] {
  const counts: number[] = [];
  for (const ms of timesMs) {
    const second = Math.floor((ms - sinceMs) / SECOND_MS);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0);
}

describe('two thousand sockets that drop at once', () => {
  test('come back spread over twenty seconds, none of them crowded, and know what they missed', async () => {
    const house = openHouse();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(house.connectsMs).toHaveLength(VIEWERS);
    expect(house.lives.every(({ isOn }) => isOn)).toBe(true);

    house.dropAll();
    house.server.seq = 7;
    const droppedAtMs = Date.now();
    expect(house.lives.some(({ isOn }) => isOn)).toBe(false);
    await vi.advanceTimersByTimeAsync(21 * SECOND_MS);

    const counts = perSecond(house.connectsMs, droppedAtMs);
    expect(house.connectsMs).toHaveLength(VIEWERS);
    expect(counts.length).toBeGreaterThanOrEqual(20);
    expect(Math.max(...counts)).toBeLessThanOrEqual(SHARE_MAX * VIEWERS);
    expect(house.lives.every(({ isOn, last }) => isOn && last?.seq === 7)).toBe(true);
  });

  test('ask for what was missed once each, and long before they are connected again', async () => {
    const house = openHouse();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    house.dropAll();
    const droppedAtMs = Date.now();
    await vi.advanceTimersByTimeAsync(3 * SECOND_MS);
    expect(house.asksMs).toHaveLength(VIEWERS);
    // A read that every edge keeps for a second; spread all the same.
    expect(Math.max(...perSecond(house.asksMs, droppedAtMs))).toBeLessThan(0.4 * VIEWERS);
    await vi.advanceTimersByTimeAsync(20 * SECOND_MS);
    expect(house.asksMs).toHaveLength(VIEWERS);
  });

  test('connect ever more seldom while the server is down, and all come back after', async () => {
    const viewers = VIEWERS / 4;
    const house = openHouse(viewers);
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    house.server.isUp = false;
    house.dropAll();
    const droppedAtMs = Date.now();
    await vi.advanceTimersByTimeAsync(120 * SECOND_MS);
    const away = perSecond(house.connectsMs, droppedAtMs);
    const inAll = (from: number, to: number) =>
      away.slice(from, to).reduce((sum, count) => sum + count, 0);
    expect(Math.max(...away)).toBeLessThanOrEqual(SHARE_AWAY_MAX * viewers);
    expect(inAll(80, 120)).toBeLessThan(inAll(0, 40) / 1.5);

    house.server.isUp = true;
    house.server.seq = 9;
    await vi.advanceTimersByTimeAsync(81 * SECOND_MS);
    expect(house.lives.every(({ isOn, last }) => isOn && last?.seq === 9)).toBe(true);
  });
});
