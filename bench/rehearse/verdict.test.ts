/** Proves the judgement, one broken promise at a time. */
import { describe, expect, test } from 'vitest';
import { makeEventId, makeEventItemId, makeOrderId } from '../../worker/contract/ids.ts';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import { increment, newObservations, type ObservedHold } from './observations.ts';
import { reportLines } from './report.ts';
import { type Evidence, judge } from './verdict.ts';

const OPENS_AT_MS = 1_000_000;
const HOLD_MS = 6_000;
const EVENT_ID = makeEventId((bytes) => bytes);
const EVENT_ITEM_ID = makeEventItemId(EVENT_ID, 1);

function hold(number: number, fields: Partial<ObservedHold> = {}): ObservedHold {
  const atMs = OPENS_AT_MS + number;
  return {
    shopper: number,
    eventItemId: EVENT_ITEM_ID,
    orderId: makeOrderId(EVENT_ID, number, (bytes) => bytes),
    units: 1,
    reservedAtMs: atMs,
    expiresAtMs: atMs + HOLD_MS,
    committedByMs: atMs,
    toldAtMs: atMs + 10,
    endAskedAtMs: atMs + 500,
    ending: 'confirmed',
    endedByMs: atMs + 510,
    ...fields,
  };
}

function rowOf({ shopper, eventItemId }: ObservedHold, status: OrderStatus) {
  return { shopper, eventItemId, status, units: 1 };
}

/** Three units, five shoppers, three of them told "confirmed": all is well. */
function evidence(change: (evidence: Evidence) => void = () => {}): Evidence {
  const observations = newObservations();
  observations.holds.push(hold(1), hold(2), hold(3));
  observations.samples.push({ answeredAtMs: OPENS_AT_MS + 10, tookMs: 9, queuedMs: 1 });
  observations.lastFirstAnswerAtMs = OPENS_AT_MS + 100;
  const recounted = { held: 0, sold: 3 };
  const stock = { total: 3, remaining: 0, held: 0, sold: 3 };
  const item = { eventItemId: EVENT_ITEM_ID, ...stock, recounted, ok: true };
  const status: OrderStatus = 'confirmed';
  const rows = new Map(observations.holds.map((one) => [one.orderId, rowOf(one, status)]));
  const queue = { ok: true, items: [], unmatchedOffers: 0, untimelyOffers: 0 };
  const integrity = { ok: true, items: [item], queue, money: { ok: true, broken: {} } };
  const audit = { integrity, rows, unread: new Set<number>() };
  const sale = { eventId: EVENT_ID, seed: 5, shoppers: 5, keepers: 5, opensAtMs: OPENS_AT_MS };
  const items = [[{ eventItemId: EVENT_ITEM_ID, label: null, stock: 3 }]];
  const all: Evidence = { ...sale, items, observations, audit };
  change(all);
  return all;
}

function findings(change: (evidence: Evidence) => void): string {
  const verdict = judge(evidence(change));
  expect(verdict.ok).toBe(false);
  return verdict.findings.join('\n');
}

function counters(all: Evidence, fields: object): void {
  Object.assign(all.audit.integrity?.items[0] ?? {}, fields);
}

test('a right sale has no findings, and says how fast it was', () => {
  expect(judge(evidence())).toMatchObject({
    ok: true,
    findings: [],
    sold: 3,
    couldBeSold: 3,
    oversold: 0,
    lost: 0,
    integrityOk: true,
    toldConfirmed: 3,
    firstHoldMs: 11,
    allHeldMs: 13,
    requestsPerSecond: 10,
    latencyMs: { p50: 9, p99: 9 },
  });
});

describe('each of these alone convicts:', () => {
  test('one more told "confirmed" than there were, whatever the counters say', () => {
    expect(findings(({ observations }) => observations.holds.push(hold(4)))).toContain(
      'Oversold: 1 more',
    );
  });

  test('one more row than there were', () => {
    const text = findings(({ audit }) =>
      audit.rows.set(hold(4).orderId, rowOf(hold(4), 'confirmed')),
    );
    expect(text).toContain('Oversold: 1 more');
    expect(text).toContain('Sold to nobody: 4 sold, but only 3 were told so.');
  });

  test('two rows of one customer, also where one is of another variant', () => {
    const other = makeEventItemId(EVENT_ID, 2);
    const text = findings((all) => {
      const { items, audit, observations } = all;
      Object.assign(all, {
        items: [[...(items[0] ?? []), { eventItemId: other, label: 'L', stock: 1 }]],
      });
      const second = hold(4, { shopper: 1, eventItemId: other, ending: 'lapsed' });
      observations.holds.push(Object.assign(second, { committedByMs: second.expiresAtMs }));
      audit.rows.set(second.orderId, rowOf(second, 'pending'));
    });
    expect(text).toContain('1 customers had more of an item than its limit.');
  });

  test('two units held by one customer at one time, whatever the rows say later', () => {
    const second = hold(4, { shopper: 1, ending: 'left', endAskedAtMs: null, endedByMs: null });
    expect(findings(({ observations }) => observations.holds.push(second))).toContain(
      '1 customers had more of an item than its limit.',
    );
  });

  test('one unit promised to two at the same time', () => {
    const left = hold(4, { ending: 'left', endAskedAtMs: null, endedByMs: null });
    expect(findings(({ observations }) => observations.holds.push(left))).toContain(
      'Oversold: 1 more',
    );
  });

  test('an order that is gone', () => {
    expect(findings(({ audit }) => audit.rows.delete(hold(2).orderId))).toContain('Lost: 1 told');
  });

  test('an order in another state', () => {
    const text = findings(({ audit }) =>
      audit.rows.set(hold(2).orderId, rowOf(hold(2), 'expired')),
    );
    expect(text).toContain('Lost: 1 told');
  });

  test('counters that are not the orders', () => {
    expect(findings((all) => counters(all, { recounted: { held: 1, sold: 3 } }))).toContain(
      'The counters say 3 sold and 0 held, the orders 3 and 1.',
    );
  });

  test('a sum that is not the total, a negative count, another stock', () => {
    expect(findings((all) => counters(all, { remaining: 1 }))).toContain('The law is broken');
    expect(findings((all) => counters(all, { remaining: -1, held: 1 }))).toContain('The law is');
    expect(findings((all) => counters(all, { total: 4, remaining: 1 }))).toContain(
      'The stock was 3 and is now said to be 4.',
    );
  });

  test('a shop that says itself that it does not add up', () => {
    expect(findings((all) => counters(all, { ok: false }))).toContain('The shop itself says');
  });

  test('units left although somebody wanted them', () => {
    const text = findings((all) => {
      all.observations.holds.pop();
      all.audit.rows.delete(hold(3).orderId);
      all.observations.toldFinal = 3;
      counters(all, { remaining: 1, sold: 2, recounted: { held: 0, sold: 2 } });
    });
    expect(text).toBe('Sold 2 where 3 could be sold.\n3 were told that nothing would come back.');
  });

  test('no recount, an unread history, a doubled order, a silent shop, a strange answer', () => {
    expect(findings(({ audit }) => Object.assign(audit, { integrity: null }))).toContain(
      'could not be recounted',
    );
    expect(findings(({ audit }) => audit.unread.add(2))).toContain('1 order histories');
    expect(findings(({ observations }) => Object.assign(observations, { doubled: 1 }))).toContain(
      'two orders',
    );
    expect(findings(({ observations }) => increment(observations.gaveUp, 'network'))).toContain(
      '1 shoppers never',
    );
    expect(findings(({ observations }) => increment(observations.unexpected, 'closed'))).toContain(
      '1×: closed',
    );
  });
});

describe('nobody is convicted on doubt:', () => {
  test('a hold that may have been cancelled counts until its holder asked', () => {
    const cancelled = hold(0, { ending: 'cancelled', endAskedAtMs: OPENS_AT_MS + 2 });
    expect(judge(evidence(({ observations }) => observations.holds.push(cancelled))).oversold).toBe(
      0,
    );
  });

  test('a late confirm leaves its unit to others between the end of the hold and its answer', () => {
    const all = evidence();
    const { holds } = all.observations;
    Object.assign(holds[0] ?? {}, { endedByMs: OPENS_AT_MS + HOLD_MS + 1_000 });
    const startMs = OPENS_AT_MS + HOLD_MS + 100;
    const between = { committedByMs: startMs, endAskedAtMs: startMs + 400 };
    holds.push(hold(9, { ...between, ending: 'cancelled', endedByMs: startMs + 410 }));
    expect(judge(all).oversold).toBe(0);
  });
});

test('the report begins with the verdict and names every finding', () => {
  expect(reportLines(judge(evidence()))[1]).toMatch(/^RIGHT {2}3 of 3 units sold to 5 shoppers/);
  const lines = reportLines(
    judge(evidence(({ observations }) => observations.holds.push(hold(4)))),
  );
  expect(lines[1]).toMatch(/^WRONG/);
  expect(lines).toContain('  ! Oversold: 1 more than the 3 there were.');
  expect(lines.join('\n')).toContain('--seed 5');
});
