import { describe, expect, it } from 'vitest';
import { Fault } from '../../platform/faults.ts';
import { GroupCommit, WAIT_MS_MAX } from './group-commit.ts';
import { GROUP_SIZE_MAX, GROUP_SIZE_WHOLE, groupSize } from './group-size.ts';

const away = new Fault('away', { retryable: true });
const poison = new Fault('poison', { retryable: false });

/** A store that commits numbers when the test says so, and a clock that only pauses move. */
function setUp({ onCommitted }: { onCommitted?: () => void } = {}) {
  const sent: number[][] = [];
  const committed: { items: number[]; sentAfterMs: number; tries: number }[] = [];
  const commits: { answer(): void; fail(error: unknown): void }[] = [];
  const doubted: number[] = [];
  const reported: unknown[] = [];
  const pausesMs: number[] = [];
  const startMs = 1_000_000;
  let nowMs = startMs;
  const groups = new GroupCommit<number, string>({
    commit: (group) =>
      new Promise((resolve, reject) => {
        const items = group.map(({ item }) => item);
        sent.push(items);
        const answer = () => resolve(items.map((item) => `committed ${item}`));
        commits.push({ answer, fail: reject });
      }),
    committed: ({ group, sentAtMs, tries }) => {
      const items = group.map(({ item }) => item);
      committed.push({ items, sentAfterMs: sentAtMs - startMs, tries });
      onCommitted?.();
    },
    giveUp: (item) => `gave up ${item}`,
    reject: (item) => `rejected ${item}`,
    doubt: (item) => doubted.push(item),
    nowMs: () => nowMs,
    pause: (ms) => {
      pausesMs.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
    report: (error) => reported.push(error),
  });
  const add = (...items: number[]): Promise<string[]> => {
    const answers = items.map((item) => groups.add(item, nowMs));
    groups.start();
    return Promise.all(answers);
  };
  return {
    groups,
    add,
    sent,
    committed,
    doubted,
    reported,
    pausesMs,
    pass: (ms: number) => {
      nowMs += ms;
    },
    async next() {
      await new Promise((resolve) => setImmediate(resolve));
      const commit = commits.shift();
      if (commit === undefined) throw new Error('no group is being committed');
      return commit;
    },
  };
}

describe('a group commit', () => {
  it('collects what arrives while a group is under way into the next one', async () => {
    const { groups, add, sent, next } = setUp();
    const first = add(1);
    const others = [add(2), add(3, 4)];
    expect(groups.load).toEqual({ waiting: 3, committing: 1 });
    (await next()).answer();
    (await next()).answer();
    expect(await first).toEqual(['committed 1']);
    expect((await Promise.all(others)).flat()).toEqual([
      'committed 2',
      'committed 3',
      'committed 4',
    ]);
    expect(sent).toEqual([[1], [2, 3, 4]]);
    expect(groups.load).toEqual({ waiting: 0, committing: 0 });
  });

  it('sends a group again as it was, after longer and longer pauses', async () => {
    const { add, sent, committed, doubted, reported, pausesMs, next } = setUp();
    const answers = add(1, 2);
    for (let tries = 1; tries <= 3; tries++) (await next()).fail(away);
    (await next()).answer();
    expect(await answers).toEqual(['committed 1', 'committed 2']);
    expect(sent).toEqual([1, 2, 3, 4].map(() => [1, 2]));
    expect(committed).toEqual([{ items: [1, 2], sentAfterMs: 350, tries: 4 }]);
    expect(doubted).toEqual([1, 2, 1, 2, 1, 2]);
    expect(reported).toEqual([away, away, away]);
    expect(pausesMs).toEqual([50, 100, 200]);
  });

  it('gives up what has waited its time, also in the group that it sends again', async () => {
    const { add, sent, pass, next } = setUp();
    const old = add(0);
    pass(WAIT_MS_MAX - 10);
    const [group] = [await next()];
    const young = add(9);
    pass(10);
    group.fail(away);
    expect(await old).toEqual(['gave up 0']);
    (await next()).answer();
    expect(await young).toEqual(['committed 9']);
    expect(sent).toEqual([[0], [9]]);
  });

  it('sends a group again with those whom it has given up, and answers them once', async () => {
    const { groups, add, sent, pass, next } = setUp();
    const first = add(1);
    const old = add(2);
    pass(WAIT_MS_MAX - 100);
    const young = groups.add(3, 1_000_000 + WAIT_MS_MAX - 100);
    (await next()).answer();
    await first;
    (await next()).fail(away);
    const again = await next();
    pass(100);
    again.fail(away);
    (await next()).answer();
    expect(sent.slice(1)).toEqual([
      [2, 3],
      [2, 3],
      [2, 3],
    ]);
    expect(await Promise.all([old, young])).toEqual([['gave up 2'], 'committed 3']);
  });

  it('sends nothing that has waited its time behind a slow group', async () => {
    const { add, sent, pass, next } = setUp();
    const slow = add(1);
    const behind = add(2);
    const group = await next();
    pass(WAIT_MS_MAX);
    group.answer();
    expect([await slow, await behind]).toEqual([['committed 1'], ['gave up 2']]);
    expect(sent).toHaveLength(1);
  });

  it('halves a group that is refused for good until the culprit stands alone', async () => {
    const { add, sent, doubted, next } = setUp();
    const answers = add(1, 2, 3, 4);
    for (let n = 0; n < 5; n++) {
      const commit = await next();
      if (sent.at(-1)?.includes(3)) commit.fail(poison);
      else commit.answer();
    }
    expect(await answers).toEqual(['committed 1', 'committed 2', 'rejected 3', 'committed 4']);
    expect(sent).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [4]]);
    expect(doubted).toEqual([]);
  });

  it('never sends again what is committed, whatever fails once everybody has an answer', async () => {
    const broken = new Error('broken');
    const { groups, add, sent, reported, next } = setUp({
      onCommitted() {
        throw broken;
      },
    });
    const answers = add(1, 2);
    const flush = groups.flush();
    (await next()).answer();
    expect(await answers).toEqual(['committed 1', 'committed 2']);
    (await next()).answer();
    await flush;
    expect(sent).toEqual([[1, 2], []]);
    expect(reported).toEqual([broken, broken]);
  });

  it('takes what waits whole if it is little and by halves if it is much, up to the named number', () => {
    expect([1, GROUP_SIZE_WHOLE, 100, 501, 5_000].map(groupSize)).toEqual([
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

  it('flushes with nobody where nobody waits, and with those who do', async () => {
    const { groups, add, sent, next } = setUp();
    const alone = groups.flush();
    (await next()).answer();
    await alone;
    await new Promise((resolve) => setImmediate(resolve));
    void add(1);
    void add(2);
    const beside = groups.flush();
    (await next()).answer();
    (await next()).answer();
    await beside;
    expect(sent).toEqual([[], [1], [2]]);
  });

  it('flushes anew where it is asked to while a group is under way', async () => {
    const { groups, add, sent, next } = setUp();
    void add(1);
    let isFlushed = false;
    const flush = groups.flush().then(() => {
      isFlushed = true;
    });
    (await next()).answer();
    const second = await next();
    expect(isFlushed).toBe(false);
    second.answer();
    await flush;
    expect(sent).toEqual([[1], []]);
  });

  it('fails to flush where the commit failed, without trying again', async () => {
    const { groups, sent, next } = setUp();
    const flush = groups.flush();
    (await next()).fail(away);
    await expect(flush).rejects.toBe(away);
    expect(sent).toHaveLength(1);
  });
});
