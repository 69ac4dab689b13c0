/** When a state is another one for a viewer. */
import { describe, expect, it } from 'vitest';
import { type EventItemId } from '../../contract/ids.ts';
import { liveSnapshotSchema } from '../../contract/live.ts';
import { EMPTY_QUEUE } from '../../contract/queue.ts';
import { type LiveState, learn, snapshotText } from './snapshot.ts';

const item = {
  id: 'evi_0123456789ab_1' as EventItemId,
  total: 1,
  remaining: 0,
  held: 1,
  sold: 0,
  nextReleaseAtMs: 9,
};
const waiting = { waiting: 1, waitingUnits: 2, servedRank: 3, offers: 4 };

function stateWith(queue?: typeof waiting, drawAtMs?: number | null): LiveState {
  const items = [queue ? { ...item, queue } : item];
  return { takenAtMs: 1, opensAtMs: 0, closesAtMs: 10, items, drawAtMs };
}

function isNew(before: LiveState, after: LiveState): boolean {
  const known = learn(undefined, before, 1);
  return learn(known, { ...after, takenAtMs: 2 }, 2).seq !== known.seq;
}

function shown(state: LiveState) {
  return liveSnapshotSchema.parse(JSON.parse(snapshotText(learn(undefined, state, 1), 1)));
}

describe('a state', () => {
  it('is another one for each number of a queue that changes', () => {
    for (const member of Object.keys(waiting)) {
      expect(isNew(stateWith(waiting), stateWith({ ...waiting, [member]: 9 })), member).toBe(true);
    }
    expect(isNew(stateWith(waiting), stateWith({ ...waiting }))).toBe(false);
  });

  it('is another one when a draw is planned or drawn', () => {
    expect(isNew(stateWith(waiting, 5), stateWith(waiting, null))).toBe(true);
    expect(isNew(stateWith(waiting), stateWith(waiting, 5))).toBe(true);
  });

  it('is the same where there is no queue and where nobody waits', () => {
    expect(isNew(stateWith(), stateWith(EMPTY_QUEUE, null))).toBe(false);
  });
});

describe('a snapshot', () => {
  it('has the queue, and leaves out what an object of the version before does not know', () => {
    expect(shown(stateWith(waiting, null))).toMatchObject({
      items: [{ queue: waiting }],
      drawAtMs: null,
    });
    const before = shown(stateWith());
    expect(before).not.toHaveProperty('drawAtMs');
    expect(before.items[0]).not.toHaveProperty('queue');
  });
});
