import { describe, expect, it } from 'vitest';
import type { LiveSnapshot } from '../../worker/contract/live.ts';
import { anEvent, anItem, aQueue, ITEM_ID, instant, NOON_MS } from '../testing/builders.ts';
import { seeded } from '../testing/seeded.ts';
import {
  NOT_LIVE,
  RECONNECT_SPREAD_MS,
  readMessage,
  reconnectMs,
  reduceLive,
  withLive,
} from './live.ts';

function aSnapshot(fields: Partial<LiveSnapshot> = {}): LiveSnapshot {
  const stock = { total: 10, remaining: 2, held: 3, sold: 5 };
  return {
    v: 1,
    seq: 1,
    takenAtMs: NOON_MS,
    status: 'live',
    opensAtMs: NOON_MS - 60_000,
    closesAtMs: NOON_MS + 60_000,
    items: [{ id: ITEM_ID, ...stock, nextReleaseAtMs: null }],
    serverNow: instant(NOON_MS),
    ...fields,
  };
}

const told = (fields: Partial<LiveSnapshot>) =>
  ({ kind: 'snapshot', snapshot: aSnapshot(fields) }) as const;

describe('what is told', () => {
  it('is never overwritten by something older, in whatever order it comes', () => {
    const seqs = [4, 2, 9, 1, 7, 9, 3];
    let live = NOT_LIVE;
    const shown = seqs.map((seq) => {
      live = reduceLive(live, told({ seq }));
      return live.last?.seq;
    });
    expect(shown).toEqual([4, 4, 9, 9, 9, 9, 9]);
  });

  it('is kept when the socket drops, and its numbers still count after', () => {
    const dropped = reduceLive(reduceLive(NOT_LIVE, told({ seq: 5 })), { kind: 'dropped' });
    expect(dropped).toMatchObject({ isOn: false, last: { seq: 5 } });
    expect(reduceLive(dropped, told({ seq: 4 }))).toMatchObject({ isOn: true, last: { seq: 5 } });
  });

  it('is left alone where it is no snapshot of a version that is known', () => {
    expect(readMessage(JSON.stringify(aSnapshot()))).toEqual(told({}));
    expect(readMessage('pong')).toBeNull();
    for (const message of [{ ...aSnapshot(), v: 3 }, { v: 2, kind: 'weather' }, { v: 2 }]) {
      expect(readMessage(JSON.stringify(message))).toBeNull();
    }
  });
});

it('has who waits as it is sent, and else as it was polled', () => {
  const polled = anEvent({ items: [anItem({ queue: aQueue() })] });
  const [item] = aSnapshot().items;
  const queue = aQueue({ waiting: 2, offers: 1 });
  const queueWith = (sent: typeof item) =>
    withLive(polled, reduceLive(NOT_LIVE, told({ items: sent ? [sent] : [] }))).items[0]?.queue;
  expect(queueWith(item)).toEqual(aQueue());
  expect(queueWith(item && { ...item, queue })).toEqual(queue);
});

describe('a discussion that goes on', () => {
  const note = { v: 2, kind: 'discussion', changedAtMs: NOON_MS, serverNow: instant(NOON_MS) };

  it('comes in notes that leave the stock alone, an older one changing nothing', () => {
    expect(readMessage(JSON.stringify(note))).toEqual({ kind: 'discussion', changedAtMs: NOON_MS });
    const live = reduceLive(NOT_LIVE, told({ seq: 5 }));
    const later = reduceLive(live, { kind: 'discussion', changedAtMs: 9 });
    expect(later).toEqual({ ...live, discussedAtMs: 9 });
    expect(reduceLive(later, { kind: 'discussion', changedAtMs: 8 })).toBe(later);
    expect(reduceLive(later, told({ seq: 6 }))).toMatchObject({
      discussedAtMs: 9,
      last: { seq: 6 },
    });
  });

  it('may have gone on unnoticed when a socket was lost', () => {
    const dropped = reduceLive(NOT_LIVE, { kind: 'dropped' });
    expect(reduceLive(dropped, { kind: 'dropped' }).drops).toBe(2);
  });
});

describe('the event on the screen', () => {
  it('has the stock, the status and the times of the socket while it is open', () => {
    const live = reduceLive(NOT_LIVE, told({ status: 'sold_out', closesAtMs: NOON_MS + 5_000 }));
    expect(withLive(anEvent({ serverNow: instant(NOON_MS + 60_000) }), live)).toMatchObject({
      status: 'sold_out',
      endsAt: instant(NOON_MS + 5_000),
      items: [{ name: 'Headphones', stock: { total: 10, remaining: 2, held: 3, sold: 5 } }],
    });
  });

  it('goes back to what was asked for once that is newer than what was sent', () => {
    const live = reduceLive(reduceLive(NOT_LIVE, told({})), { kind: 'dropped' });
    const before = anEvent({ serverNow: instant(NOON_MS + 1_999) });
    expect(withLive(before, live).items[0]?.stock.remaining).toBe(2);
    const after = anEvent({ serverNow: instant(NOON_MS + 2_000) });
    expect(withLive(after, live)).toBe(after);
  });

  it('keeps its end when it was closed by hand', () => {
    const live = reduceLive(NOT_LIVE, told({ status: 'closed', closesAtMs: 0 }));
    expect(withLive(anEvent(), live)).toMatchObject({ status: 'closed', endsAt: anEvent().endsAt });
  });
});

describe('sockets that drop together', () => {
  it('come back spread evenly over twenty seconds or more', () => {
    expect(RECONNECT_SPREAD_MS).toBeGreaterThanOrEqual(20_000);
    const random = seeded(29);
    const perSecond = new Map<number, number>();
    for (let n = 0; n < 10_000; n++) {
      const second = Math.floor(reconnectMs(0, random()) / 1_000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(perSecond.size).toBeGreaterThanOrEqual(20);
    expect(Math.max(...perSecond.values())).toBeLessThan(650);
  });

  it('wait longer after each failure, up to a limit', () => {
    expect(reconnectMs(1, 1)).toBeGreaterThan(reconnectMs(0, 1));
    expect(reconnectMs(50, 1)).toBe(reconnectMs(2, 1));
  });
});
