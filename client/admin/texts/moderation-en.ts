/** What the screen of the moderation says, in English. */
import { number } from '../../texts/numbers.ts';

export const MODERATION_EN = {
  title: 'Moderation',
  of: 'Kind',
  kinds: { reviews: 'Reviews of items', comments: 'Comments on events' },
  state: 'State',
  states: { open: 'Waiting for a decision', hidden: 'Hidden' },
  empty: { open: 'Nothing waits for a decision.', hidden: 'Nothing is hidden.' },
  written: (time: string) => `Written ${time}`,
  reports: (count: number) => {
    if (count === 0) return 'Never reported';
    return count === 1 ? 'Reported once' : `Reported ${number(count)} times`;
  },
  reportedAt: (time: string) => `last ${time}`,
  reasons: {
    spam: 'Spam',
    abuse: 'Abuse',
    off_topic: 'Off topic',
    personal_data: 'Personal data',
    other: 'Something else',
  },
  reasonCount: (reason: string, count: number) =>
    count === 1 ? reason : `${reason} ×${number(count)}`,
  noText: 'A rating without words.',
  gone: 'Somebody who has no account any more',
  place: { review: 'See the item', comment: 'See the event' },
  hide: 'Hide',
  keep: 'Keep',
  restore: 'Restore',
  decidedTitle: 'Decided just now',
  hidden: 'Hidden',
  kept: 'Shown',
};
