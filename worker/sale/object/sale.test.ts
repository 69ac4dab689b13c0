import { describe, expect, it } from 'vitest';
import type { EventId, EventItemId, OrderId, UserId } from '../../contract/ids.ts';
import { LIMITS } from '../../contract/values.ts';
import type { Attempt, EdgeReport, Settlement } from '../rules/attempts.ts';
import { ALARM_PAUSE_MS } from '../rules/wake-times.ts';
import type { GroupReport } from './commit-metrics.ts';
import { RECORD_PAUSE_MS } from './refusal-counts.ts';
import { Sale } from './sale.ts';

const NOW_MS = 1_000_000;
const HOLD_SECONDS = 60;
const eventItemId = 'evi_000000000000_1' as EventItemId;
const customer = { customerId: 'usr_1' as UserId, sessionEpoch: 0, key: null };
const reserve: Attempt = { kind: 'reserve', eventItemId, quantity: 1, ...customer };
const confirm: Attempt = { kind: 'confirm', orderId: 'ord_1' as OrderId, ...customer };
const NO_REPORT: EdgeReport = { noticeTakenAtMs: 0, soldOutSaid: 0 };

/** A sale that is sold out, or whose ledger is away, and a record of what it asks of the platform. */
function setUp({
  isAway = false,
  isPublished = true,
  alarmAtMs = null as number | null,
  setAlarmFails = 0,
  /** So many settlements leave somebody to be served. */
  leaveMore = 0,
  /** There is a queue, whose settlements leave nobody to be served. */
  hasIdleQueue = false,
} = {}) {
  const asked: string[] = [];
  /** What follows a settlement. */
  const followed: string[] = [];
  const recorded: [string, number][][] = [];
  const reports: GroupReport[] = [];
  const reported: unknown[] = [];
  let nowMs = NOW_MS;
  let releaseAtMs: number | null = null;
  const settlementOf = (attempts: number): Settlement => ({
    opensAtMs: 0,
    closesAtMs: 9e15,
    published: isPublished,
    holdSeconds: HOLD_SECONDS,
    items: [
      { id: eventItemId, total: 1, remaining: 0, held: 1, sold: 0, nextReleaseAtMs: releaseAtMs },
    ],
    answers: Array.from({ length: attempts }, () => ({ refusal: 'sold_out' as const })),
    unaskedOrders: [],
    ...(hasIdleQueue && { queue: { drawAtMs: null, locksAtMs: null, hasMore: false } }),
    ...(leaveMore > 0 && { queue: { drawAtMs: null, locksAtMs: null, hasMore: leaveMore-- > 1 } }),
  });
  const sale = new Sale({
    eventId: 'evt_000000000000' as EventId,
    fillRandom: (bytes) => bytes,
    settle: (group) => {
      asked.push('settle');
      return isAway
        ? Promise.reject(new Error('away'))
        : Promise.resolve(settlementOf(group.length));
    },
    draw: () => Promise.resolve({ nextAtMs: null }),
    holders: () => {
      followed.push('holders');
      return Promise.resolve([]);
    },
    getAlarm: () => Promise.resolve(alarmAtMs),
    setAlarm: (atMs) => {
      asked.push(`alarm in ${atMs - nowMs} ms`);
      followed.push('alarm');
      return setAlarmFails-- > 0 ? Promise.reject(new Error('storage')) : Promise.resolve();
    },
    publish: () => followed.push('publish'),
    recordRefusals: (counts) => {
      recorded.push([...counts]);
      return Promise.resolve();
    },
    nowMs: () => nowMs,
    pause: () => Promise.resolve(),
    report: (error) => reported.push(error),
    mailsWritten: () => {},
    paymentsWritten: () => {},
    groupSettled: (group) => reports.push(group),
  });
  return {
    sale,
    asked,
    followed,
    reports,
    recorded,
    reported,
    holdUntil(atMs: number) {
      releaseAtMs = atMs;
    },
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

describe('a sale', () => {
  it('sets its alarm before it reserves, so that a crash leaves no hold without one', async () => {
    const { sale, asked } = setUp();
    await sale.attempt([reserve], NO_REPORT);
    expect(asked).toEqual([`alarm in ${LIMITS.holdSecondsMin * 1_000} ms`, 'settle']);
  });

  it('sets none for a confirmation, nor where an earlier one will do', async () => {
    const first = setUp();
    await first.sale.attempt([confirm], NO_REPORT);
    expect(first.asked).toEqual(['settle']);
    const second = setUp({ alarmAtMs: NOW_MS + 1 });
    await second.sale.attempt([reserve], NO_REPORT);
    expect(second.asked).toEqual(['settle']);
  });

  it('wakes when the earliest hold ends', async () => {
    const { sale, asked, holdUntil } = setUp();
    holdUntil(NOW_MS + 30_000);
    await sale.attempt([confirm], NO_REPORT);
    expect(asked).toEqual(['settle', 'alarm in 30000 ms']);
  });

  it('publishes a settlement and sets its alarm before it learns from it', async () => {
    const { sale, followed, holdUntil } = setUp();
    holdUntil(NOW_MS + 30_000);
    await sale.attempt([confirm], NO_REPORT);
    expect(followed).toEqual(['publish', 'alarm', 'holders']);
  });

  it('shows nobody an event that is not published, and wakes when its earliest hold ends', async () => {
    const { sale, followed, asked, holdUntil } = setUp({ isPublished: false });
    holdUntil(NOW_MS + 30_000);
    await sale.attempt([confirm], NO_REPORT);
    expect(followed).toEqual(['alarm', 'holders']);
    expect(asked).toEqual(['settle', 'alarm in 30000 ms']);
  });

  it('answers a settled group, and sends it once, though its alarm cannot be set', async () => {
    const { sale, asked, reported, holdUntil } = setUp({ setAlarmFails: 1 });
    holdUntil(NOW_MS + 30_000);
    const { answers } = await sale.attempt([confirm, confirm], NO_REPORT);
    // As the ledger answers, and not `internal`.
    expect(answers).toMatchObject(
      Array.from({ length: 2 }, () => ({ refusal: { code: 'not_found' } })),
    );
    expect(asked).toEqual(['settle', 'alarm in 30000 ms']);
    expect(reported).toMatchObject([{ message: 'storage' }]);
  });

  it('sets an alarm again that could not be set, with the next group or where none may follow', async () => {
    const { sale, asked, holdUntil } = setUp({ setAlarmFails: 2 });
    holdUntil(NOW_MS + 30_000);
    await sale.attempt([confirm], NO_REPORT);
    await sale.expireDue();
    expect(asked).toEqual([
      'settle',
      'alarm in 30000 ms',
      'settle',
      'alarm in 30000 ms',
      'alarm in 30000 ms',
    ]);
  });

  it('fails to expire what is due where no alarm can be set for what follows', async () => {
    const { sale, holdUntil } = setUp({ setAlarmFails: 2 });
    holdUntil(NOW_MS + 30_000);
    await expect(sale.expireDue()).rejects.toThrow('storage');
  });

  it('wakes again soon where it could not expire what is due', async () => {
    const { sale, asked } = setUp({ isAway: true });
    await sale.onAlarm();
    expect(asked.at(-1)).toBe(`alarm in ${ALARM_PAUSE_MS} ms`);
  });

  it('goes on by itself while a settlement leaves somebody to be served', async () => {
    const { sale, asked } = setUp({ leaveMore: 3, alarmAtMs: NOW_MS + 1 });
    await sale.attempt([confirm], NO_REPORT);
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual(['settle', 'settle', 'settle']);
  });

  it('does not wake for ever where nobody can be offered anything', async () => {
    const { sale, asked, pass } = setUp({ hasIdleQueue: true });
    await sale.attempt([confirm], NO_REPORT);
    for (let n = 0; n < 3; n++) {
      pass(LIMITS.offerSecondsMin * 1_000);
      await sale.onAlarm();
    }
    expect(asked).toEqual(['settle', 'settle', 'settle', 'settle']);
  });

  it('records what it refused and what the edge did, now and then', async () => {
    const { sale, recorded, pass } = setUp();
    await sale.attempt([reserve], { noticeTakenAtMs: 0, soldOutSaid: 4 });
    await sale.attempt([reserve], NO_REPORT);
    expect(recorded).toEqual([[['sold_out', 5]]]);
    pass(RECORD_PAUSE_MS);
    await sale.onAlarm();
    expect(recorded[1]).toEqual([['sold_out', 1]]);
  });

  it('knows what it did, also while a group is being settled', async () => {
    const { sale, reports, pass } = setUp();
    const answered = sale.attempt([reserve, reserve], { noticeTakenAtMs: 0, soldOutSaid: 4 });
    expect(sale.figures()).toMatchObject({ attempts: 6, lineLength: 0, settling: 2, outcomes: {} });
    await answered;
    pass(1_000);
    expect(sale.figures()).toMatchObject({
      sinceMs: NOW_MS,
      nowMs: NOW_MS + 1_000,
      settling: 0,
      attempts: 6,
      outcomes: { sold_out: 6 },
      perSecond: { attempts: [6], refused: [6], groups: [1] },
    });
    expect(reports).toMatchObject([{ size: 2, outcomes: { sold_out: 2 } }]);
  });
});
