/** Examples of figures about how groups are settled. A test validates each of them. */
import { EVENT_ID } from './examples.ts';

export const METRICS_EXAMPLES = {
  eventLine: {
    id: EVENT_ID,
    serverNow: '2026-11-27T09:59:58.000Z',
    since: '2026-11-27T09:59:55.000Z',
    lineLength: 12,
    settling: 40,
    attempts: 5210,
    outcomes: { reserve: 49, sold_out: 5108, rate_limited: 1 },
    groups: { count: 31, sizeMean: 40.5, waitMsMean: 6.2, settleMsMean: 7.9 },
    perSecond: {
      attempts: [0, 3890, 1320],
      reserved: [0, 49, 0],
      refused: [0, 3789, 1320],
      groups: [0, 24, 7],
      waitMs: [0, 31, 12],
      lineLength: [0, 210, 40],
    },
  },
  metrics:
    '# TYPE swiftdrop_events gauge\n# HELP swiftdrop_events Events by state.\nswiftdrop_events{state="open"} 1\n# EOF\n',
};
