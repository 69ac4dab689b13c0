/** What the legal pages and the links to them say, in German. Must hold texts only. */
import type { Worded } from '../texts.ts';
import type { LEGAL_EN } from './legal-en.ts';

export const LEGAL_DE: Worded<typeof LEGAL_EN> = {
  onlyIn: {
    en: 'Diesen Text gibt es nur auf Englisch.',
    de: 'Diesen Text gibt es nur auf Deutsch.',
  },
  changed: (time) => `Stand: ${time}`,
  forAccount: 'Für dein Konto gilt:',
  forOrder: 'Für deine Bestellung gilt:',
};
