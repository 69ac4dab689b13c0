import { describe, expect, it } from 'vitest';
import type { EventItemId } from '../../contract/ids.ts';
import { type LiveSnapshot, liveMessageSchema } from '../../contract/live.ts';
import { CHECK_EVERY_MS, Hub, READ_EVERY_MS, READ_PAUSE_MS, SAVE_EVERY_MS } from './hub.ts';
import type { Known, LiveState } from './snapshot.ts';
import { DISCUSSION_EVERY_MS } from './throttle.ts';

const START_MS = 1_000_000;
const ID = 'evi_0123456789ab_1' as EventItemId;

function stateOf(takenAtMs: number, sold: number): LiveState {
  const stock = { total: 10, remaining: 10 - sold, held: 0, sold };
  const items = [{ id: ID, ...stock, nextReleaseAtMs: null }];
  return { takenAtMs, opensAtMs: START_MS - 1_000, closesAtMs: START_MS + 100_000, items };
}

const settled = () => new Promise((done) => setImmediate(done));

/** A hub with a clock that the test moves, and a ledger that says what is sold. */
function open(opensAtMs?: number) {
  const world = {
    nowMs: START_MS,
    viewers: 1,
    sold: 0,
    reads: 0,
    isAway: false,
    isPublic: true,
    dismissed: 0,
    stored: undefined as Known | undefined,
    saves: 0,
    alarmAtMs: undefined as number | undefined,
    snapshots: [] as LiveSnapshot[],
    notes: [] as { changedAtMs: number; atMs: number }[],
  };
  let timers: { atMs: number; run: () => void }[] = [];
  const ports = {
    nowMs: () => world.nowMs,
    viewers: () => world.viewers,
    broadcast: (text: string) => {
      const message = liveMessageSchema.parse(JSON.parse(text));
      if (message.v === 1) world.snapshots.push(message);
      else world.notes.push({ changedAtMs: message.changedAtMs, atMs: world.nowMs });
    },
    dismiss: () => void world.dismissed++,
    read: async (nowMs: number) => {
      world.reads++;
      if (world.isAway) throw new Error('away');
      const state = stateOf(nowMs, world.sold);
      return world.isPublic ? { ...state, opensAtMs: opensAtMs ?? state.opensAtMs } : undefined;
    },
    load: () => world.stored,
    save: (known: Known | undefined) => {
      world.stored = known;
      world.saves++;
    },
    after: (ms: number, then: () => void) =>
      void timers.push({ atMs: world.nowMs + ms, run: then }),
    setAlarm: (atMs: number) => {
      world.alarmAtMs = atMs;
    },
    report: () => {},
  };
  let hub = new Hub(ports);
  return {
    world,
    get hub() {
      return hub;
    },
    /** All that was not stored is lost. */
    restart() {
      timers = [];
      hub = new Hub(ports);
    },
    /** Lets time pass, and calls the hub whenever its alarm is due. */
    async pass(ms: number) {
      const untilMs = world.nowMs + ms;
      while (world.alarmAtMs !== undefined && world.alarmAtMs <= untilMs) {
        world.nowMs = Math.max(world.nowMs, world.alarmAtMs);
        world.alarmAtMs = undefined;
        await hub.onAlarm();
      }
      world.nowMs = untilMs;
      for (const { run } of timers.filter(({ atMs }) => atMs <= untilMs)) run();
      timers = timers.filter(({ atMs }) => atMs > untilMs);
      await settled();
    },
  };
}

describe('a hub', () => {
  it('reads the event once for its first viewers, whatever their number', async () => {
    const { hub, world } = open();
    expect(hub.welcome()).toBeUndefined();
    for (let n = 0; n < 100; n++) hub.welcome();
    await settled();
    expect(world.reads).toBe(1);
    expect(world.snapshots).toMatchObject([{ status: 'live', items: [{ remaining: 10 }] }]);
    expect(JSON.parse(hub.welcome() ?? '')).toEqual(world.snapshots[0]);
  });

  it('sends what is new, once, in growing numbers', async () => {
    const { hub, world, pass } = open();
    hub.publish(stateOf(START_MS, 1));
    hub.publish(stateOf(START_MS, 2));
    await pass(10);
    hub.publish(stateOf(START_MS + 10, 2));
    hub.publish(stateOf(START_MS + 10, 3));
    expect(world.snapshots.map(({ items }) => items[0]?.sold)).toEqual([1, 2, 3]);
    const seqs = world.snapshots.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  });

  it('continues with its numbers and its state after a restart', async () => {
    const opened = open();
    opened.hub.publish(stateOf(START_MS, 1));
    opened.hub.publish(stateOf(START_MS, 2));
    await opened.pass(SAVE_EVERY_MS);
    opened.restart();
    const [, before] = opened.world.snapshots;
    const serverNow = expect.any(String);
    expect(JSON.parse(opened.hub.welcome() ?? '')).toEqual({ ...before, serverNow });
    opened.hub.publish(stateOf(START_MS, 3));
    expect(opened.world.snapshots[2]?.seq).toBeGreaterThan(before?.seq ?? Number.POSITIVE_INFINITY);
  });

  it('stores its state now and then, and always the last one', async () => {
    const { hub, world, pass } = open();
    for (let n = 1; n <= 100; n++) {
      hub.publish(stateOf(world.nowMs, n % 10));
      await pass(SAVE_EVERY_MS / 50);
    }
    expect(world.snapshots).toHaveLength(100);
    expect(world.saves).toBeLessThanOrEqual(3);
    hub.publish(stateOf(world.nowMs, 7));
    await pass(SAVE_EVERY_MS);
    expect(world.stored?.state.items[0]?.sold).toBe(7);
  });

  it('reads anew what it sent but had not stored before a restart', async () => {
    const opened = open();
    const { world } = opened;
    world.viewers = 50;
    opened.hub.publish(stateOf(START_MS, 1));
    opened.hub.publish(stateOf(START_MS + 1, 2));
    world.nowMs += 2;
    world.sold = 2;
    expect(world.stored?.state.items[0]?.sold).toBe(1);
    opened.restart();
    opened.hub.welcome();
    await settled();
    expect(world.snapshots.at(-1)?.items[0]?.sold).toBe(2);
    expect(world.snapshots.at(-1)?.seq).toBeGreaterThan(
      world.snapshots[1]?.seq ?? Number.POSITIVE_INFINITY,
    );
  });

  it('reads the event when an older state comes after a newer one', async () => {
    const { hub, world } = open();
    hub.publish(stateOf(START_MS, 4));
    world.sold = 5;
    hub.publish(stateOf(START_MS - 1, 3));
    await settled();
    expect(world.snapshots.map(({ items }) => items[0]?.sold)).toEqual([4, 5]);
  });

  it('reads changes that no purchase made, once a second at most', async () => {
    const { hub, world, pass } = open();
    for (let n = 0; n < 50; n++) void hub.refresh();
    await settled();
    expect(world.reads).toBe(1);
    world.sold = 2;
    await pass(READ_EVERY_MS);
    expect(world.reads).toBe(2);
    expect(world.snapshots.at(-1)?.items[0]?.sold).toBe(2);
  });

  it('changes the status by the clock, with nothing received or read', async () => {
    const { hub, world, pass } = open(START_MS + 20_000);
    hub.welcome();
    await settled();
    await pass(19_999);
    expect(world.snapshots.map(({ status }) => status)).toEqual(['locked']);
    const { reads } = world;
    await pass(1);
    expect(world.snapshots.map(({ status }) => status)).toEqual(['locked', 'live']);
    expect(world.reads).toBe(reads);
    await pass(100_000);
    expect(world.snapshots.at(-1)?.status).toBe('closed');
  });

  it('reads after a long silence while the sale is open, and sleeps when it is over', async () => {
    const { hub, world, pass } = open();
    hub.publish(stateOf(START_MS, 1));
    world.sold = 2;
    await pass(CHECK_EVERY_MS);
    expect(world.snapshots.at(-1)?.items[0]?.sold).toBe(2);
    await pass(100_000);
    const { reads } = world;
    await pass(10_000_000);
    expect(world.reads).toBe(reads);
    expect(world.alarmAtMs).toBeUndefined();
  });

  it('sends notes of a discussion at once, then once a second, and always of its last change', async () => {
    const { hub, world, pass } = open();
    for (let n = 0; n < 100; n++) {
      hub.discussionChanged(world.nowMs);
      await pass(25);
    }
    await pass(DISCUSSION_EVERY_MS);
    const since = world.notes.map(({ atMs }) => atMs - START_MS);
    expect(since).toEqual([0, 1_000, 2_000, 3_000]);
    expect(world.notes.at(-1)?.changedAtMs).toBe(START_MS + 99 * 25);
    await pass(60_000);
    expect(world.notes).toHaveLength(4);
    expect(world.snapshots.length, 'a discussion is no snapshot').toBeLessThan(10);
  });

  it('sends no note of a discussion without viewers, not even to those who come later', async () => {
    const { hub, world, pass } = open();
    world.viewers = 0;
    hub.discussionChanged(START_MS);
    expect(world.alarmAtMs).toBeUndefined();
    world.viewers = 1;
    hub.welcome();
    await pass(5_000);
    expect(world.notes).toEqual([]);
  });

  it('does nothing without viewers, and shows the next one nothing old', async () => {
    const { hub, world, pass } = open();
    world.viewers = 0;
    expect(hub.publish(stateOf(START_MS, 1))).toBe(0);
    expect(world.alarmAtMs).toBeUndefined();
    await hub.refresh();
    await pass(500);
    world.sold = 7;
    world.viewers = 1;
    expect(hub.welcome()).toBeUndefined();
    await settled();
    expect(world.snapshots).toMatchObject([{ items: [{ sold: 7 }] }]);
    expect(world.reads).toBe(1);
  });

  it('tries again after a read that failed', async () => {
    const { hub, world, pass } = open();
    world.isAway = true;
    hub.welcome();
    await settled();
    await pass(READ_PAUSE_MS - 1);
    world.isAway = false;
    expect(world.reads).toBe(1);
    await pass(1);
    expect(world.snapshots).toHaveLength(1);
  });

  it('closes all sockets when the event is no longer public', async () => {
    const { hub, world } = open();
    hub.publish(stateOf(START_MS, 1));
    world.isPublic = false;
    void hub.refresh();
    await settled();
    expect(world.dismissed).toBe(1);
    expect(world.stored).toBeUndefined();
  });
});
