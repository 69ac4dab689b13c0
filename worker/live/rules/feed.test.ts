import { describe, expect, it } from 'vitest';
import { Feed, REPORT_EVERY_MS, TRIES_MAX } from './feed.ts';
import { SHARDS } from './shards.ts';
import type { LiveState } from './snapshot.ts';
import { CROWDED_EVERY_MS, UNWATCHED_EVERY_MS, WATCHED_EVERY_MS } from './throttle.ts';

function stateAt(takenAtMs: number): LiveState {
  return { takenAtMs, opensAtMs: 0, closesAtMs: 1e6, items: [] };
}

/** A feed with a clock that the test moves. */
function open(answer: (shard: number) => Promise<number>) {
  let nowMs = 0;
  const timers: { atMs: number; run: () => void }[] = [];
  const sent: { shard: number; takenAtMs: number; atMs: number }[] = [];
  const reported: unknown[] = [];
  const feed = new Feed({
    send: (shard, { takenAtMs }) => {
      sent.push({ shard, takenAtMs, atMs: nowMs });
      return answer(shard);
    },
    nowMs: () => nowMs,
    after: (ms, then) => void timers.push({ atMs: nowMs + ms, run: then }),
    report: (error) => void reported.push(error),
  });
  const pass = async (ms: number) => {
    const untilMs = nowMs + ms;
    for (;;) {
      await new Promise((done) => setImmediate(done));
      const due = timers
        .filter(({ atMs }) => atMs <= untilMs)
        .toSorted((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      timers.splice(timers.indexOf(due), 1);
      nowMs = Math.max(nowMs, due.atMs);
      due.run();
    }
    nowMs = untilMs;
  };
  return {
    feed,
    sent,
    reported,
    pass,
    to: (shard: number) => sent.filter((one) => one.shard === shard),
  };
}

describe('the feed', () => {
  it('sends nothing before its caller is done', async () => {
    const { feed, sent, pass } = open(async () => 1);
    feed.publish(stateAt(1));
    expect(sent).toEqual([]);
    await pass(0);
    expect(sent.map(({ shard }) => shard)).toEqual(Array.from({ length: SHARDS }, (_, n) => n));
  });

  it('sends to a watched object a few times a second, and always the last state', async () => {
    const { feed, pass, to } = open(async () => 3);
    for (let n = 1; n <= 100; n++) {
      feed.publish(stateAt(n));
      await pass(10);
    }
    await pass(WATCHED_EVERY_MS);
    expect(to(0).length).toBeLessThanOrEqual(1_000 / WATCHED_EVERY_MS + 2);
    expect(to(0).length).toBeGreaterThan(2);
    expect(to(0).at(-1)?.takenAtMs).toBe(100);
    const calls = to(0).length;
    await pass(60_000);
    expect(to(0)).toHaveLength(calls);
  });

  it('sends to crowds less often, spread over the period, and the last state in time', async () => {
    const { feed, sent, pass, to } = open(async () => 2_000);
    for (let n = 1; n <= 500; n++) {
      feed.publish(stateAt(n));
      await pass(10);
    }
    await pass(CROWDED_EVERY_MS);
    for (let shard = 0; shard < SHARDS; shard++) {
      expect(to(shard).length).toBeLessThanOrEqual(5_000 / CROWDED_EVERY_MS + 2);
      expect(to(shard).at(-1)?.takenAtMs).toBe(500);
    }
    const later = sent.filter(({ atMs }) => atMs > 0).map(({ atMs }) => atMs);
    expect(new Set(later).size).toBe(later.length);

    await pass(60_000);
    const before = sent.length;
    feed.publish(stateAt(501));
    await pass(CROWDED_EVERY_MS - 1);
    expect(sent.length).toBe(before + SHARDS);
  });

  it('hardly calls an object that nobody watches', async () => {
    const { feed, pass, to } = open(async (shard) => shard);
    for (let n = 1; n <= 1_000; n++) {
      feed.publish(stateAt(n));
      await pass(10);
    }
    await pass(UNWATCHED_EVERY_MS);
    expect(to(0).length).toBeLessThanOrEqual(10_000 / UNWATCHED_EVERY_MS + 2);
    expect(to(0).at(-1)?.takenAtMs).toBe(1_000);
    expect(to(1).length).toBeGreaterThan(to(0).length);
  });

  it('makes one call at a time to each object, whatever the others do', async () => {
    const { feed, pass, to } = open((shard) =>
      shard === 0 ? new Promise(() => {}) : Promise.resolve(1),
    );
    for (let n = 1; n <= 10; n++) {
      feed.publish(stateAt(n));
      await pass(WATCHED_EVERY_MS);
    }
    expect(to(0)).toHaveLength(1);
    expect(to(1).at(-1)?.takenAtMs).toBe(10);
  });

  it('retries a state a limited number of times, and reports once a minute', async () => {
    const { feed, reported, pass, to } = open(() => Promise.reject(new Error('away')));
    feed.publish(stateAt(1));
    await pass(REPORT_EVERY_MS - 1);
    expect(to(0)).toHaveLength(TRIES_MAX);
    expect(reported).toHaveLength(1);
    await pass(1);
    feed.publish(stateAt(2));
    await pass(1);
    expect(to(0).at(-1)?.takenAtMs).toBe(2);
    expect(reported).toHaveLength(2);
  });
});
