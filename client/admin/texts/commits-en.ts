/** What the panel of the purchases just now says, in English. */
import { number } from '../../texts/numbers.ts';

export const COMMITS_EN = {
  title: 'Purchases right now',
  away: 'These figures are not available at the moment. The sale goes on.',
  attempts: 'Attempts a second',
  waiting: 'Waiting now',
  longestWait: 'Longest wait',
  groups: 'Groups a second',
  groupSize: 'Attempts a group',
  total: 'Attempts in all',
  milliseconds: (ms: number) => `${number(ms)} ms`,
  since: (time: string) =>
    `Rates and wait of the last ten seconds, bars of the last minute, with reservations filled in. Counted since ${time}.`,
  most: (max: number) => `at most ${number(max)} a second`,
  minuteAgo: 'A minute ago',
  now: 'Now',
  chartLabel: (max: number) =>
    `Attempts in each second of the last minute: at most ${number(max)}.`,
};
