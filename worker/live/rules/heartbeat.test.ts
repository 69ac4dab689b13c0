import { describe, expect, it } from 'vitest';
import {
  createPingCount,
  isSilent,
  PING_PERIOD_MS,
  PINGS_MAX,
  SILENT_MS_MAX,
} from './heartbeat.ts';

const START_MS = 1_000_000;

describe('a viewer', () => {
  it('may ping as a page does for hours', () => {
    const mayStay = createPingCount();
    const viewer = {};
    for (let nowMs = START_MS; nowMs < START_MS + 3_600_000; nowMs += 25_000) {
      expect(mayStay(viewer, nowMs)).toBe(true);
      // Once more, because the network came back.
      expect(mayStay(viewer, nowMs + 100)).toBe(true);
    }
  });

  it('may not flood, without any effect on others', () => {
    const mayStay = createPingCount();
    const [flood, other] = [{}, {}];
    const answers = Array.from({ length: 100 }, (_, n) => mayStay(flood, START_MS + n * 10));
    expect(answers.filter(Boolean)).toHaveLength(PINGS_MAX);
    expect(answers.indexOf(false)).toBe(PINGS_MAX);
    expect(mayStay(other, START_MS + 1_000)).toBe(true);
    expect(mayStay(flood, START_MS + PING_PERIOD_MS)).toBe(true);
  });

  it('is silent after two minutes without a ping', () => {
    expect(isSilent(START_MS, START_MS + SILENT_MS_MAX)).toBe(false);
    expect(isSilent(START_MS, START_MS + SILENT_MS_MAX + 1)).toBe(true);
  });
});
