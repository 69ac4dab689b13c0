import { describe, expect, it } from 'vitest';
import type { EventId, EventItemId, OrderId, UserId } from '../../contract/ids.ts';
import { Fault } from '../../platform/faults.ts';
import type {
  Answer,
  Attempt,
  ReserveAttempt,
  Settlement,
  StampedAttempt,
} from '../rules/attempts.ts';
import type { OrderRecord } from '../rules/order-record.ts';
import { PENDING_MAX } from './admission.ts';
import type { GroupReport } from './commit-metrics.ts';
import { WAIT_MS_MAX } from './group-commit.ts';
import { groupSize } from './group-size.ts';
import { Sale } from './sale.ts';

const eventId = 'evt_000000000000' as EventId;
const eventItemId = 'evi_000000000000_1' as EventItemId;

function reserve(customer: number): ReserveAttempt {
  return {
    kind: 'reserve',
    eventItemId,
    quantity: 1,
    customerId: `usr_${customer}` as UserId,
    sessionEpoch: 0,
    key: null,
  };
}

function confirmation(customer: number): Attempt {
  const orderId = `ord_000000000000_${customer}` as OrderId;
  return {
    kind: 'confirm',
    orderId,
    customerId: `usr_${customer}` as UserId,
    sessionEpoch: 0,
    key: null,
  };
}

/** A ledger that answers when the test says so, and a clock that only pauses move. */
function setUp({ groupSettled }: { groupSettled?: () => void } = {}) {
  const groups: StampedAttempt[][] = [];
  const commits: { answer(): void; fail(error: unknown): void }[] = [];
  const reported: unknown[] = [];
  const reports: GroupReport[] = [];
  /** How many groups there had been each time. */
  const confirmed: number[] = [];
  let nowMs = 1_000_000;
  let unitsFree = 3;
  const sold = new Set<string>();
  const unaskedOrders: Settlement['unaskedOrders'] = [];

  function settlementOf(group: StampedAttempt[]): Settlement {
    const answers = group.map((attempt): Settlement['answers'][number] => {
      if (!('orderId' in attempt)) throw new Error(`there is no queue to ${attempt.kind}`);
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
    const window = { opensAtMs: 0, closesAtMs: 9e15, published: true };
    const queue = { drawAtMs: null, locksAtMs: null, hasMore: false };
    const ofQueue = unaskedOrders.length > 0 && { queue };
    return { ...window, holdSeconds: 10, items, answers, unaskedOrders, ...ofQueue };
  }

  const sale = new Sale({
    draw: () => Promise.resolve({ nextAtMs: null }),
    settle: (group) =>
      new Promise((resolve, reject) => {
        groups.push(group);
        commits.push({ answer: () => resolve(settlementOf(group)), fail: reject });
      }),
    eventId,
    fillRandom: (bytes) => bytes,
    holders: () => Promise.resolve([]),
    getAlarm: () => Promise.resolve(null),
    setAlarm: () => Promise.resolve(),
    publish: () => {},
    recordRefusals: () => Promise.resolve(),
    nowMs: () => nowMs,
    pause: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
    report: (error) => reported.push(error),
    mailsWritten: () => confirmed.push(groups.length),
    paymentsWritten: () => {},
    groupSettled: groupSettled ?? ((group) => reports.push(group)),
  });
  const attempt = async (...attempts: Attempt[]): Promise<Answer[]> =>
    (await sale.attempt(attempts, { noticeTakenAtMs: 0, soldOutSaid: 0 })).answers;
  const load = () => {
    const { lineLength: waiting, settling } = sale.figures();
    return { waiting, settling };
  };
  return {
    sale,
    attempt,
    load,
    groups,
    reported,
    reports,
    confirmed,
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** From now on the ledger returns an order of theirs. */
    grantUnasked(customer: number) {
      unaskedOrders.push({ customerId: `usr_${customer}` as UserId, order: {} as OrderRecord });
    },
    async next() {
      await settled();
      const group = commits.shift();
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

describe('the groups of a sale', () => {
  it('collects everything that arrives while a group is in flight into the next one', async () => {
    const { attempt, groups, next } = setUp();
    const first = attempt(reserve(1));
    const others = [attempt(reserve(2)), attempt(reserve(3)), attempt(reserve(4))];
    (await next()).answer();
    expect((await first)[0]?.ok).toBe(true);
    (await next()).answer();
    const answers = (await Promise.all(others)).flat();
    expect(groups.map((group) => group.length)).toEqual([1, 3]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
  });

  it('says of each group with a confirmation that there was one, once it is settled', async () => {
    const { attempt, confirmed, next } = setUp();
    const first = attempt(reserve(1));
    (await next()).answer();
    await first;
    expect(confirmed).toEqual([]);
    const second = attempt(reserve(2), confirmation(1), confirmation(3));
    const group = await next();
    expect(confirmed).toEqual([]);
    group.answer();
    await second;
    expect(confirmed).toEqual([2]);
  });

  it('tells that mails were written where it made an offer, or may have', async () => {
    const { attempt, confirmed, grantUnasked, next } = setUp();
    grantUnasked(9);
    const first = attempt(reserve(1));
    (await next()).answer();
    await first;
    expect(confirmed).toEqual([1]);
    const lost = attempt(reserve(2));
    (await next()).fail(away);
    const again = await next();
    expect(confirmed).toEqual([1, 2]);
    again.answer();
    await lost;
  });

  it('reports of each group how large it was, how long it took and what came of it', async () => {
    const { attempt, load, reports, pass, next } = setUp();
    const first = attempt(reserve(1));
    const group = await next();
    const others = attempt(...[2, 3, 4].map(reserve));
    expect(load()).toEqual({ waiting: 3, settling: 1 });
    pass(7);
    group.answer();
    await first;
    (await next()).fail(away);
    const again = await next();
    pass(3);
    again.answer();
    await others;
    await settled();
    expect(reports).toEqual([
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
    expect(load()).toEqual({ waiting: 0, settling: 0 });
  });

  it('answers and counts a group once whose report fails', async () => {
    const unwritable = new Error('analytics');
    const groupSettled = () => {
      throw unwritable;
    };
    const { sale, attempt, groups, reported, next } = setUp({ groupSettled });
    const answers = attempt(reserve(1), reserve(2));
    (await next()).answer();
    expect((await answers).map(({ ok }) => ok)).toEqual([true, true]);
    expect(groups).toHaveLength(1);
    expect(sale.figures().outcomes).toEqual({ reserve: 2 });
    expect(reported).toEqual([unwritable]);
  });

  it('counts once whoever was given up before their group was sent again', async () => {
    const { sale, attempt, groups, next, pass } = setUp();
    const first = attempt(reserve(1));
    const slow = await next();
    const old = attempt(reserve(2));
    pass(WAIT_MS_MAX - 1);
    const young = attempt(reserve(3));
    slow.answer();
    await first;
    const both = await next();
    pass(1);
    both.fail(away);
    expect(await old).toMatchObject([{ refusal: { code: 'unavailable' } }]);
    (await next()).answer();
    expect((await young)[0]?.ok).toBe(true);
    expect(groups.slice(1).map((group) => group.length)).toEqual([2, 2]);
    expect(sale.figures()).toMatchObject({
      attempts: 3,
      outcomes: { reserve: 2, unavailable: 1 },
    });
  });

  it('refuses early again whoever waits no more, once it knows that all is sold', async () => {
    const { attempt, groups, next, pass } = setUp();
    const selling = attempt(...[1, 2, 3, 4].map(reserve));
    const slow = await next();
    const behind = attempt(reserve(5));
    pass(WAIT_MS_MAX);
    slow.answer();
    expect((await selling)[3]).toMatchObject({ refusal: { code: 'sold_out' } });
    expect(await behind).toMatchObject([{ refusal: { code: 'unavailable' } }]);
    const fresh = attempt(reserve(6));
    (await next()).answer();
    await fresh;
    await settled();
    const again = await attempt(...[4, 5, 6].map(reserve));
    const codes = again.map((answer) => (answer.ok ? 'ok' : answer.refusal.code));
    expect(codes).toEqual(['sold_out', 'sold_out', 'sold_out']);
    expect(groups.map((group) => group.length)).toEqual([4, 1]);
  });

  it('answers sold out with counts that add up', async () => {
    const { attempt, next } = setUp();
    const answers = attempt(...[1, 2, 3, 4].map(reserve));
    (await next()).answer();
    const last = (await answers)[3];
    expect(last).toMatchObject({
      ok: false,
      refusal: { code: 'sold_out', stock: { total: 3, remaining: 0, held: 3, sold: 0 } },
    });
  });

  it('sends a group again as it was when its answer was lost, and grants nothing before', async () => {
    const { attempt, groups, next, reported } = setUp();
    let isAnswered = false;
    const answers = attempt(reserve(1), reserve(2));
    void answers.then(() => {
      isAnswered = true;
    });
    (await next()).fail(away);
    await settled();
    expect(isAnswered).toBe(false);
    (await next()).answer();
    expect((await answers).map(({ ok }) => ok)).toEqual([true, true]);
    expect(groups[1]).toEqual(groups[0]);
    expect(reported).toEqual([away]);
  });

  it('answers unavailable once an attempt has waited its time, and sells on afterwards', async () => {
    const { attempt, next, pass } = setUp();
    const early = attempt(reserve(1));
    const waiting = attempt(reserve(2));
    const group = await next();
    pass(WAIT_MS_MAX);
    group.fail(away);
    const refused = [...(await early), ...(await waiting)];
    for (const answer of refused) {
      expect(answer).toMatchObject({ ok: false, refusal: { code: 'unavailable' } });
    }
    const late = attempt(reserve(3));
    (await next()).answer();
    expect((await late)[0]?.ok).toBe(true);
  });

  it('does not send what has waited its time behind a slow group', async () => {
    const { attempt, groups, next, pass } = setUp();
    const slow = attempt(reserve(1));
    const behind = attempt(reserve(2));
    const group = await next();
    pass(WAIT_MS_MAX);
    group.answer();
    expect((await slow)[0]?.ok).toBe(true);
    expect((await behind)[0]).toMatchObject({ ok: false, refusal: { code: 'unavailable' } });
    expect(groups).toHaveLength(1);
  });

  it('answers busy where too many wait instead of dropping anybody', async () => {
    const { attempt, next } = setUp();
    const first = attempt(reserve(0));
    const crowd = attempt(...Array.from({ length: PENDING_MAX + 2 }, (_, n) => reserve(n + 1)));
    (await next()).answer();
    await first;
    let left = PENDING_MAX;
    for (; left > 0; left -= groupSize(left)) (await next()).answer();
    const answers = await crowd;
    const busy = answers.filter((answer) => !answer.ok && answer.refusal.code === 'busy');
    expect(busy).toHaveLength(2);
    expect(answers).toHaveLength(PENDING_MAX + 2);
  });

  it('lets one attempt that the database refuses for good cost the others nothing', async () => {
    const { attempt, groups, next } = setUp();
    const answers = attempt(...[1, 2, 3].map(reserve));
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
    const { attempt, groups, next } = setUp();
    const known = attempt(reserve(1));
    (await next()).answer();
    await known;
    const other = 'evi_000000000000_2' as EventItemId;
    const [answer] = await attempt({
      ...reserve(2),
      kind: 'reserve',
      eventItemId: other,
      quantity: 1,
    });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
    expect(groups).toHaveLength(1);
  });

  it('asks the ledger for whom it gave an order in somebody else’s group', async () => {
    const { attempt, groups, next, grantUnasked } = setUp();
    const lucky = 7;
    grantUnasked(lucky);
    const first = attempt(...[1, 2, 3].map(reserve));
    (await next()).answer();
    await first;
    const stranger = await attempt(reserve(8));
    expect(stranger[0]).toMatchObject({ ok: false, refusal: { code: 'sold_out' } });
    expect(groups).toHaveLength(1);
    const theirs = attempt(reserve(lucky));
    (await next()).answer();
    await theirs;
    expect(groups.at(-1)?.map(({ customerId }) => customerId)).toEqual([`usr_${lucky}`]);
  });

  it('expires what is due with an empty group when nobody waits, and with theirs when somebody does', async () => {
    const { attempt, sale, groups, next } = setUp();
    const alone = sale.expireDue();
    (await next()).answer();
    await alone;
    void attempt(reserve(1));
    void attempt(reserve(2));
    const beside = sale.expireDue();
    (await next()).answer();
    (await next()).answer();
    await beside;
    expect(groups.map((group) => group.length)).toEqual([0, 1, 1]);
  });

  it('fails to expire what is due where the ledger is away', async () => {
    const { sale, next } = setUp();
    const expired = sale.expireDue();
    (await next()).fail(away);
    await expect(expired).rejects.toBe(away);
  });
});
