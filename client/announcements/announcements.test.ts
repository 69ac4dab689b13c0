import { describe, expect, it } from 'vitest';
import type { EventDetail, Stock } from '../../worker/contract/events.ts';
import type { EventItemId } from '../../worker/contract/ids.ts';
import type { Purchase } from '../purchase/purchase.ts';
import {
  anEvent,
  anItem,
  anOrder,
  ITEM_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import {
  type Announcement,
  type Observed,
  observe,
  type Scene,
  STOCK_EVERY_MS,
} from './announcements.ts';

const SECOND_MS = 1_000;

/** Looks at each scene in turn. @returns what was to be announced at each */
function hearAll(scenes: readonly Scene[]): (readonly Announcement[])[] {
  let observed: Observed = null;
  return scenes.map((scene) => {
    const now = observe(observed, scene);
    observed = now.observed;
    return now.announcements;
  });
}

/** Looks each second from one moment to another. */
function observeThrough(scene: Omit<Scene, 'nowMs'>, fromMs: number, toMs: number) {
  const count = Math.floor((toMs - fromMs) / SECOND_MS) + 1;
  const moments = Array.from({ length: count }, (_, n) => fromMs + n * SECOND_MS);
  return hearAll(moments.map((nowMs) => ({ ...scene, nowMs }))).flatMap((announcements, n) =>
    announcements.map((one) => ({ ...one, atMs: (moments[n] ?? 0) - NOON_MS })),
  );
}

function left(remaining: number, total = 100): Stock {
  return { total, remaining, held: 0, sold: total - remaining };
}

/** A sale that is on, with this much left of each item at each second. */
function scenesOf(stocks: readonly (readonly number[])[], everyMs = STOCK_EVERY_MS): Scene[] {
  return stocks.map((of, second) => {
    const items = of.map((remaining, n) => anItem({ id: idOf(n), stock: left(remaining) }));
    return { ...sceneOf({ items }), nowMs: NOON_MS + second * everyMs };
  });
}

function sceneOf(fields: Partial<EventDetail> = {}) {
  const event = anEvent(fields);
  return { event, shown: event.items, purchases: {} };
}

function idOf(n: number) {
  return `evi_000000000001_${n + 1}` as EventItemId;
}

function told(announcements: readonly Announcement[]) {
  return announcements.map((one) =>
    'item' in one ? `${one.kind} ${one.item.stock.remaining}` : one.kind,
  );
}

function sceneWith(purchase: Purchase | null, nowMs = NOON_MS): Scene {
  return { ...sceneOf(), purchases: purchase ? { [ITEM_ID]: purchase } : {}, nowMs };
}

describe('the countdown', () => {
  const opening = sceneOf({ status: 'locked', startsAt: instant(NOON_MS) });

  it('is announced five minutes and one minute before the opening, and at it', () => {
    const announcements = observeThrough(opening, NOON_MS - 8 * MINUTE_MS, NOON_MS + MINUTE_MS);
    expect(announcements).toEqual([
      { kind: 'opens_in', remainingMs: 5 * MINUTE_MS, atMs: -5 * MINUTE_MS },
      { kind: 'opens_in', remainingMs: MINUTE_MS, atMs: -MINUTE_MS },
      { kind: 'opened', atMs: 0 },
    ]);
  });

  it('is announced near the close, and at it', () => {
    const closing = sceneOf({ endsAt: instant(NOON_MS) });
    const announcements = observeThrough(closing, NOON_MS - 6 * MINUTE_MS, NOON_MS + MINUTE_MS);
    expect(announcements.map(({ kind, atMs }) => [kind, atMs])).toEqual([
      ['closes_in', -5 * MINUTE_MS],
      ['closes_in', -MINUTE_MS],
      ['closed', 0],
    ]);
  });

  it('does not announce a mark that was slept through', () => {
    const moments = [-6, -4, -0.5].map((minutes) => NOON_MS + minutes * MINUTE_MS);
    expect(hearAll(moments.map((nowMs) => ({ ...opening, nowMs }))).flat()).toEqual([]);
  });

  it('announces nothing at the first look, whatever is the case', () => {
    const late = { ...opening, nowMs: NOON_MS - 5 * MINUTE_MS };
    expect(hearAll([late, { ...opening, nowMs: NOON_MS + 1 }])[0]).toEqual([]);
  });

  it('announces a sale that is opened by hand', () => {
    const nowMs = NOON_MS - 60 * MINUTE_MS;
    const opened = { ...sceneOf({ status: 'live' }), nowMs };
    expect(hearAll([{ ...opening, nowMs }, opened])[1]).toEqual([{ kind: 'opened' }]);
  });
});

describe('stock', () => {
  it('is announced at a half, at a tenth, when it is gone and when a unit comes back', () => {
    const amounts = [90, 60, 50, 40, 11, 10, 5, 0, 0, 2, 1, 0];
    const announcements = hearAll(scenesOf(amounts.map((amount) => [amount])));
    expect(announcements.flatMap(told)).toEqual([
      'stock 50',
      'stock 10',
      'stock 0',
      'came_back 2',
      'stock 0',
    ]);
  });

  it('is not announced when there is suddenly more of what was not gone', () => {
    expect(hearAll(scenesOf([[30], [90]])).flat()).toEqual([]);
  });

  it('is announced no more often than named, and then as it is by then', () => {
    const amounts = [90, 50, 30, 10, 4, 2, 1].map((amount) => [amount]);
    const announcements = hearAll(scenesOf(amounts, STOCK_EVERY_MS / 4));
    expect(announcements.map(told)).toEqual([[], ['stock 50'], [], [], [], ['stock 2'], []]);
  });

  it('is not announced where it went and came back in between', () => {
    const amounts = [90, 0, 3, 0, 0, 0, 0].map((amount) => [amount]);
    expect(hearAll(scenesOf(amounts, STOCK_EVERY_MS / 4)).flatMap(told)).toEqual(['stock 0']);
  });

  it('is announced of a few items at once, and of the others the next time', () => {
    const most = [90, 90, 90, 90];
    const announcements = hearAll(scenesOf([most, [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]));
    expect(announcements.map((one) => one.length)).toEqual([0, 3, 1, 0]);
  });

  it('is not announced before the opening, and what was there at it is not announced', () => {
    const [all, none] = scenesOf([[90], [0], [0]]);
    if (!all || !none) throw new Error('there are three');
    const locked = { ...all.event, status: 'locked' as const, startsAt: instant(NOON_MS + 5_000) };
    const announcements = hearAll([
      { ...all, event: locked },
      { ...none, nowMs: NOON_MS + 5_000 },
      { ...none, nowMs: NOON_MS + 60_000 },
    ]);
    expect(announcements.flat().map(({ kind }) => kind)).toEqual(['opened']);
  });

  it('leaves a unit that came back to the notice of whoever was refused one', () => {
    const refused: Purchase = { step: 'idle', problem: { code: 'sold_out' } };
    const scenes = scenesOf([[0], [1]]);
    const announcements = hearAll(
      scenes.map((one) => ({ ...one, purchases: { [idOf(0)]: refused } })),
    );
    expect(announcements.flat()).toEqual([]);
  });
});

describe('a purchase', () => {
  const order = anOrder();
  const held: Purchase = { step: 'held', order };

  it('is announced when it is held, with the time that is left', () => {
    const buying: Purchase = { step: 'buying', intent: { key: 'k', quantity: 1 } };
    const announcements = hearAll([sceneWith(buying), sceneWith(held, NOON_MS + SECOND_MS)])[1];
    expect(announcements).toEqual([
      { kind: 'held', item: anItem(), remainingMs: 5 * MINUTE_MS - SECOND_MS },
    ]);
  });

  it.each(['confirmed', 'cancelled', 'expired'] as const)('is told when it is %s, once', (step) => {
    const purchase = { step, order };
    const announcements = hearAll([sceneWith(held), sceneWith(purchase), sceneWith(purchase)]);
    expect(announcements).toEqual([[], [{ kind: 'ended', item: anItem(), purchase }], []]);
  });

  it('is not announced again when it could not be confirmed', () => {
    const deciding: Purchase = { step: 'deciding', order, verb: 'confirm', key: 'k' };
    const refused: Purchase = { ...held, problem: { code: 'busy' } };
    expect(hearAll([sceneWith(held), sceneWith(deciding), sceneWith(refused)]).flat()).toEqual([]);
  });

  it('is announced of a minute and a quarter of one before its hold ends', () => {
    const announcements = observeThrough(sceneWith(held), NOON_MS, NOON_MS + 5 * MINUTE_MS);
    expect(announcements.map(({ kind, atMs }) => [kind, atMs])).toEqual([
      ['hold_ends', 4 * MINUTE_MS],
      ['hold_ends', 5 * MINUTE_MS - 15 * SECOND_MS],
    ]);
  });
});
