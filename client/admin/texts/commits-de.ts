/** What the panel of the purchases just now says, in German. */
import { number } from '../../texts/numbers.ts';
import type { AdminTexts } from './texts.ts';

export const COMMITS_DE: AdminTexts['commits'] = {
  title: 'Käufe gerade jetzt',
  away: 'Diese Zahlen fehlen gerade. Der Verkauf läuft weiter.',
  attempts: 'Versuche je Sekunde',
  waiting: 'Gerade in der Reihe',
  longestWait: 'Längste Wartezeit',
  groups: 'Stapel je Sekunde',
  groupSize: 'Versuche je Stapel',
  total: 'Versuche insgesamt',
  explained:
    'Ein Versuch ist ein Druck auf „Kaufen“. Versuche, die im selben Moment kommen, werden zusammen entschieden, als ein Stapel, in der Reihenfolge, in der sie kamen.',
  milliseconds: (ms) => `${number(ms)} ms`,
  since: (time) =>
    `Raten und Wartezeit der letzten zehn Sekunden, Balken der letzten Minute, Reservierungen ausgefüllt. Gezählt seit ${time}.`,
  most: (max) => `höchstens ${number(max)} je Sekunde`,
  minuteAgo: 'Vor einer Minute',
  now: 'Jetzt',
  chartLabel: (max) => `Versuche in jeder Sekunde der letzten Minute: höchstens ${number(max)}.`,
};
