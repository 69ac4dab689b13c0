/** What the panel of the purchases just now says, in English. */
import { number } from '../../texts/numbers.ts';

export const COMMITS_EN = {
  title: 'Purchases right now',
  away: 'These figures are not available at the moment. The sale goes on.',
  attempts: 'Tries per second',
  waiting: 'In line right now',
  longestWait: 'Longest wait',
  groups: 'Batches per second',
  groupSize: 'Tries per batch',
  total: 'Tries in all',
  explained:
    'A try is one press of Buy. Tries that arrive at the same moment are decided together, as one batch, in the order in which they came.',
  milliseconds: (ms: number) => `${number(ms)} ms`,
  since: (time: string) =>
    `Rates and wait of the last ten seconds, bars of the last minute, with reservations filled in. Counted since ${time}.`,
  most: (max: number) => `at most ${number(max)} per second`,
  minuteAgo: 'A minute ago',
  now: 'Now',
  chartLabel: (max: number) => `Tries in each second of the last minute: at most ${number(max)}.`,
};
