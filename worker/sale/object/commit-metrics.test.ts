import { describe, expect, it, vi } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import { writeGroup } from './analytics.ts';
import { CommitMetrics, type GroupReport, WINDOW_SECONDS } from './commit-metrics.ts';

const NOW_MS = 1_000_000_000;
const IDLE = { waiting: 0, committing: 0 };
const group: GroupReport = {
  size: 40,
  waitMs: 12,
  settleMs: 30,
  tries: 1,
  lineLength: 7,
  outcomes: { reserve: 10, replayed: 1, sold_out: 28, rate_limited: 1 },
};

describe('the metrics of groups', () => {
  it('count what came and what became of it, in all and by second', () => {
    const metrics = new CommitMetrics(NOW_MS);
    metrics.arrived(5, NOW_MS);
    metrics.answered('reserve', 2, NOW_MS + 10);
    metrics.answered('sold_out', 2, NOW_MS + 10);
    metrics.answered('replayed', 1, NOW_MS + 10);
    metrics.arrived(1, NOW_MS + 2_000);
    metrics.answered('confirm', 1, NOW_MS + 2_000);
    const { attempts, outcomes, perSecond } = metrics.figures(IDLE, NOW_MS + 3_500);
    expect(attempts).toBe(6);
    expect(outcomes).toEqual({ reserve: 2, sold_out: 2, replayed: 1, confirm: 1 });
    expect(perSecond.attempts).toEqual([5, 0, 1]);
    expect(perSecond.reserved).toEqual([2, 0, 0]);
    expect(perSecond.refused).toEqual([2, 0, 0]);
  });

  it('say how large groups were and how long they took, and leave out those of nobody', () => {
    const metrics = new CommitMetrics(NOW_MS);
    metrics.settled(group, NOW_MS);
    metrics.settled({ ...group, size: 9_999, waitMs: 0, lineLength: 2 }, NOW_MS + 1);
    metrics.settled({ ...group, size: 0 }, NOW_MS + 2);
    const { groupSize, waitMs, perSecond } = metrics.figures(IDLE, NOW_MS + 1_000);
    expect(groupSize.counts).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(groupSize.sum).toBe(10_039);
    expect(waitMs.counts[0]).toBe(1);
    expect(perSecond).toMatchObject({ groups: [2], waitMs: [12], lineLength: [7] });
  });

  it('forget what is older than ten minutes, also where nothing came since', () => {
    const metrics = new CommitMetrics(NOW_MS);
    metrics.arrived(3, NOW_MS);
    metrics.arrived(4, NOW_MS + 1_000);
    const full = metrics.figures(IDLE, NOW_MS + WINDOW_SECONDS * 1_000).perSecond.attempts;
    expect(full).toHaveLength(WINDOW_SECONDS);
    expect(full.slice(0, 3)).toEqual([3, 4, 0]);
    const later = metrics.figures(IDLE, NOW_MS + (WINDOW_SECONDS + 1) * 1_000);
    expect(later.perSecond.attempts.slice(0, 2)).toEqual([4, 0]);
    const muchLater = metrics.figures(IDLE, NOW_MS + 3 * WINDOW_SECONDS * 1_000).perSecond.attempts;
    expect(new Set(muchLater)).toEqual(new Set([0]));
    expect(later.attempts).toBe(7);
  });
});

describe('the data point of a group', () => {
  const eventId = 'evt_000000000000' as EventId;

  it('is one, named by its event, with its figures in fixed columns', () => {
    const written: unknown[] = [];
    writeGroup({ writeDataPoint: (point?: unknown) => written.push(point) }, eventId, group);
    const doubles = [40, 12, 30, 1, 7, 10, 0, 0, 1, 29, 28, 0, 0, 0, 0, 0, 0, 0];
    expect(written).toEqual([{ indexes: [eventId], doubles }]);
  });

  it('stays away where there is no dataset, or it takes no more', () => {
    const writeDataPoint = vi.fn<() => void>(() => {
      throw new Error('too many data points');
    });
    expect(() => writeGroup(undefined, eventId, group)).not.toThrow();
    expect(() => writeGroup({ writeDataPoint }, eventId, group)).not.toThrow();
    expect(writeDataPoint).toHaveBeenCalledOnce();
  });
});
