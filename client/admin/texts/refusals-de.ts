/** Why people were refused, in a seller's words, in German. */
import { plural } from '../../texts/numbers.ts';
import type { REFUSALS_EN } from './refusals-en.ts';

export const REFUSALS_DE: typeof REFUSALS_EN = {
  title: 'Warum wurden Leute abgewiesen?',
  empty: 'Niemand wurde abgewiesen.',
  hint: 'Jeder Versuch zählt: Wer es noch einmal versucht, wird noch einmal gezählt.',
  columns: { reason: 'Grund', count: 'Versuche', share: 'Anteil' },
  total: 'Insgesamt',
  sum: (tries) => `${plural(tries, 'Versuch wurde abgewiesen', 'Versuche wurden abgewiesen')}.`,
  other: (code) => `Ein anderer Grund (${code})`,
  reasons: {
    sold_out: 'Versucht, als das letzte Stück weg war',
    queue_ahead: 'Andere haben schon gewartet',
    not_open: 'Vor der Öffnung',
    closed: 'Nach dem Ende',
    limit_reached: 'Mehr, als eine Person haben darf',
    changed: 'Der Preis war inzwischen ein anderer',
    rate_limited: 'Zu schnell: zu viele Versuche einer Person',
    busy: 'Zu viele Leute im selben Moment',
    email_unverified: 'E-Mail-Adresse noch nicht bestätigt',
    hold_expired: 'Kauf nach dem Ende der Reservierung',
    payment_required: 'Kauf vor der Zahlung',
    order_confirmed: 'War schon gekauft',
    order_cancelled: 'War schon zurückgegeben',
    idempotency_key_reused: 'Derselbe Versuch mit anderem Inhalt',
    stock_available: 'Wollte warten, obwohl etwas frei war',
    queue_closed: 'Die Warteschlange nahm niemanden mehr',
    queue_full: 'Die Warteschlange war voll',
    not_found: 'Nicht im Verkauf',
    unauthenticated: 'Nicht angemeldet',
    unavailable: 'Der Shop konnte nicht antworten',
    internal: 'Ein Fehler im Shop',
  },
};
