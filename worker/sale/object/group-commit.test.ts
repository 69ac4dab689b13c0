import { describe, expect, it } from 'vitest';
import type { EventId, EventItemId, OrderId, UserId } from '../../contract/ids.ts';
import { Fault } from '../../platform/faults.ts';
import type { Attempt, Settlement, StampedAttempt } from '../rules/attempts.ts';
import type { GroupReport } from './commit-metrics.ts';
import {
  GROUP_SIZE_MAX,
  GROUP_SIZE_WHOLE,
  groupSize,
  LINE_LENGTH_MAX,
  Line,
  WAIT_MS_MAX,
} from './group-commit.ts';

const eventId = 'evt_000000000000' as EventId;
const eventItemId = 'evi_000000000000_1' as EventItemId;

function reserve(customer: number): Attempt {
  return {
    kind: 'reserve',
    eventItemId,
    quantity: 1,
    customerId: `usr_${customer}` as UserId,
    sessionEpoch: 0,
    key: null,
  };
}

/** A ledger that answers when the test says so, and a clock that only pauses move. */
function setUp() {
  const groups: StampedAttempt[][] = [];
  const settling: { answer(): void; fail(error: unknown): void }[] = [];
  const reported: unknown[] = [];
  const told: GroupReport[] = [];
  let nowMs = 1_000_000;
  let unitsFree = 3;
  let orders = 0;
  const sold = new Set<string>();

  function settlementOf(group: StampedAttempt[]): Settlement {
    const answers = group.map((attempt): Settlement['answers'][number] => {
      if (unitsFree === 0 && !sold.has(attempt.orderId)) return { refusal: 'sold_out' };
      if (!sold.has(attempt.orderId)) unitsFree--;
      sold.add(attempt.orderId);
      const times = { reservedAtMs: nowMs, expiresAtMs: nowMs + 10_000 };
      const fields = { id: attempt.orderId, eventId, eventItemId, quantity: 1, ...times };
      const order = { ...fields, status: 'pending' as const, unitPriceCents: 100, currency: 'EUR' };
      return { order, replayed: false };
    });
    const stock = { total: 3, remaining: unitsFree, held: 3 - unitsFree, sold: 0 };
    const items = [{ id: eventItemId, ...stock, nextReleaseAtMs: null }];
    return { opensAtMs: 0, closesAtMs: 9e15, holdSeconds: 10, items, answers };
  }

  const line = new Line({
    settle: (group) =>
      new Promise((resolve, reject) => {
        groups.push(group);
        settling.push({ answer: () => resolve(settlementOf(group)), fail: reject });
      }),
    stamp: (attempt, atMs) => ({
      ...attempt,
      orderId: attempt.kind === 'reserve' ? (`ord_${++orders}` as OrderId) : attempt.orderId,
      atMs,
    }),
    holders: () => Promise.resolve([]),
    nowMs: () => nowMs,
    pause: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
    report: (error) => reported.push(error),
    settled: (group) => told.push(group),
  });
  return {
    line,
    groups,
    reported,
    told,
    pass: (ms: number) => {
      nowMs += ms;
    },
    async next() {
      await settled();
      const group = settling.shift();
      if (group === undefined) throw new Error('no group is being settled');
      return group;
    },
  };
}

/** Lets every promise that can go on do so. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const away = new Fault('away', { retryable: true });

describe('the line', () => {
  it('collects everything that arrives while a group is in flight into the next one', async () => {
    const { line, groups, next } = setUp();
    const first = line.join([reserve(1)]);
    const others = [line.join([reserve(2)]), line.join([reserve(3)]), line.join([reserve(4)])];
    (await next()).answer();
    expect((await first)[0]?.ok).toBe(true);
    (await next()).answer();
    const answers = (await Promise.all(others)).flat();
    expect(groups.map((group) => group.length)).toEqual([1, 3]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
  });

  it('tells of each group how large it was, how long it took and what came of it', async () => {
    const { line, told, pass, next } = setUp();
    const first = line.join([reserve(1)]);
    const group = await next();
    const others = line.join([2, 3, 4].map(reserve));
    expect(line.load).toEqual({ waiting: 3, settling: 1 });
    pass(7);
    group.answer();
    await first;
    (await next()).fail(away);
    const again = await next();
    pass(3);
    again.answer();
    await others;
    await settled();
    expect(told).toEqual([
      { size: 1, waitMs: 0, settleMs: 7, tries: 1, lineLength: 3, outcomes: { reserve: 1 } },
      {
        size: 3,
        waitMs: 57,
        settleMs: 3,
        tries: 2,
        lineLength: 0,
        outcomes: { reserve: 2, sold_out: 1 },
      },
    ]);
    expect(line.load).toEqual({ waiting: 0, settling: 0 });
  });

  it('says sold out with counts that add up', async () => {
    const { line, next } = setUp();
    const answers = line.join([1, 2, 3, 4].map(reserve));
    (await next()).answer();
    const last = (await answers)[3];
    expect(last).toMatchObject({
      ok: false,
      refusal: { code: 'sold_out', stock: { total: 3, remaining: 0, held: 3, sold: 0 } },
    });
  });

  it('sends a group again as it was when its answer was lost, and tells nobody yes before', async () => {
    const { line, groups, next, reported } = setUp();
    let told = false;
    const answers = line.join([reserve(1), reserve(2)]);
    void answers.then(() => {
      told = true;
    });
    (await next()).fail(away);
    await settled();
    expect(told).toBe(false);
    (await next()).answer();
    expect((await answers).map(({ ok }) => ok)).toEqual([true, true]);
    expect(groups[1]).toEqual(groups[0]);
    expect(reported).toEqual([away]);
  });

  it('answers unavailable once an attempt has waited its time, and sells on afterwards', async () => {
    const { line, next, pass } = setUp();
    const early = line.join([reserve(1)]);
    const inLine = line.join([reserve(2)]);
    const group = await next();
    pass(WAIT_MS_MAX);
    group.fail(away);
    const refused = [...(await early), ...(await inLine)];
    for (const answer of refused) {
      expect(answer).toMatchObject({ ok: false, refusal: { code: 'unavailable' } });
    }
    const late = line.join([reserve(3)]);
    (await next()).answer();
    expect((await late)[0]?.ok).toBe(true);
  });

  it('does not send what has waited its time behind a slow group', async () => {
    const { line, groups, next, pass } = setUp();
    const slow = line.join([reserve(1)]);
    const behind = line.join([reserve(2)]);
    const group = await next();
    pass(WAIT_MS_MAX);
    group.answer();
    expect((await slow)[0]?.ok).toBe(true);
    expect((await behind)[0]).toMatchObject({ ok: false, refusal: { code: 'unavailable' } });
    expect(groups).toHaveLength(1);
  });

  it('answers busy past its length instead of dropping anybody', async () => {
    const { line, next } = setUp();
    const first = line.join([reserve(0)]);
    const crowd = line.join(Array.from({ length: LINE_LENGTH_MAX + 2 }, (_, n) => reserve(n + 1)));
    (await next()).answer();
    await first;
    let left = LINE_LENGTH_MAX;
    for (; left > 0; left -= groupSize(left)) (await next()).answer();
    const answers = await crowd;
    const busy = answers.filter((answer) => !answer.ok && answer.refusal.code === 'busy');
    expect(busy).toHaveLength(2);
    expect(answers).toHaveLength(LINE_LENGTH_MAX + 2);
  });

  it('takes a short line whole and a long one by halves, up to the named number', () => {
    expect([1, GROUP_SIZE_WHOLE, 100, 501, LINE_LENGTH_MAX].map(groupSize)).toEqual([
      1,
      GROUP_SIZE_WHOLE,
      50,
      251,
      GROUP_SIZE_MAX,
    ]);
    for (let waiting = 1; waiting < 2_000; waiting++) {
      expect(groupSize(waiting)).toBeGreaterThan(0);
      expect(groupSize(waiting)).toBeLessThanOrEqual(Math.min(waiting, GROUP_SIZE_MAX));
    }
  });

  it('lets one attempt that the database cannot stomach cost the others nothing', async () => {
    const { line, groups, next } = setUp();
    const answers = line.join([1, 2, 3].map(reserve));
    const poison = new Fault('poison', { retryable: false });
    (await next()).fail(poison);
    for (let n = 0; n < 4; n++) {
      const group = await next();
      if (groups.at(-1)?.some(({ customerId }) => customerId === 'usr_2')) group.fail(poison);
      else group.answer();
    }
    expect((await answers).map((answer) => (answer.ok ? 'ok' : answer.refusal.code))).toEqual([
      'ok',
      'internal',
      'ok',
    ]);
  });

  it('refuses an item that the event does not have without asking the ledger again', async () => {
    const { line, groups, next } = setUp();
    const known = line.join([reserve(1)]);
    (await next()).answer();
    await known;
    const other = 'evi_000000000000_2' as EventItemId;
    const [answer] = await line.join([
      { ...reserve(2), kind: 'reserve', eventItemId: other, quantity: 1 },
    ]);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
    expect(groups).toHaveLength(1);
  });

  it('tidies with an empty group when nobody is in line, and with theirs when somebody is', async () => {
    const { line, groups, next } = setUp();
    const alone = line.tidy();
    (await next()).answer();
    await alone;
    void line.join([reserve(1)]);
    const beside = line.tidy();
    (await next()).answer();
    await beside;
    expect(groups.map((group) => group.length)).toEqual([0, 1]);
  });

  it('tells the tidier that the ledger was away', async () => {
    const { line, next } = setUp();
    const tidy = line.tidy();
    (await next()).fail(away);
    await expect(tidy).rejects.toBe(away);
  });
});
