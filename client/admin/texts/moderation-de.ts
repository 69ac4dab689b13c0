/** What the screen of the moderation says, in German. */
import { number } from '../../texts/numbers.ts';
import type { AdminTexts } from './texts.ts';

export const MODERATION_DE: AdminTexts['moderation'] = {
  title: 'Moderation',
  of: 'Art',
  kinds: { reviews: 'Bewertungen von Artikeln', comments: 'Kommentare zu Events' },
  state: 'Stand',
  states: { open: 'Wartet auf eine Entscheidung', hidden: 'Ausgeblendet' },
  empty: { open: 'Nichts wartet auf eine Entscheidung.', hidden: 'Nichts ist ausgeblendet.' },
  written: (time) => `Geschrieben ${time}`,
  reports: (count) => {
    if (count === 0) return 'Nie gemeldet';
    return count === 1 ? 'Einmal gemeldet' : `${number(count)}-mal gemeldet`;
  },
  reportedAt: (time) => `zuletzt ${time}`,
  reasons: {
    spam: 'Spam',
    abuse: 'Beleidigung',
    off_topic: 'Am Thema vorbei',
    personal_data: 'Persönliche Daten',
    other: 'Etwas anderes',
  },
  reasonCount: (reason, count) => (count === 1 ? reason : `${reason} ×${number(count)}`),
  noText: 'Eine Bewertung ohne Worte.',
  gone: 'Jemand, der kein Konto mehr hat',
  place: { review: 'Zum Artikel', comment: 'Zum Event' },
  hide: 'Ausblenden',
  keep: 'Behalten',
  restore: 'Wieder zeigen',
  decidedTitle: 'Gerade entschieden',
  hidden: 'Ausgeblendet',
  kept: 'Sichtbar',
};
