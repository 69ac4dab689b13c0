/** Cancelling an event, and how far what follows has come, in German. Must hold texts only. */
import { number } from '../../texts/numbers.ts';
import type { AdminTexts } from './texts.ts';

export const CANCELLING_DE: AdminTexts['cancelling'] = {
  action: 'Event absagen',
  ask: 'Dieses Event endgültig absagen?',
  body: 'Es schließt sofort und wird nie wieder geöffnet, bearbeitet oder mit Bestand versehen. Alle Betroffenen bekommen eine E-Mail. Das lässt sich nicht rückgängig machen.',
  counting: 'Es wird gezählt, was damit endet …',
  orders: (count) => `Bestellungen, die zurückgegeben werden: ${number(count)}`,
  holds: (count) => `Reservierungen, die enden: ${number(count)}`,
  waiting: (count) => `Plätze in der Schlange, die enden: ${number(count)}`,
  money: (amount) => `Erstattet wird: ${amount}`,
  noMoney: 'Es wurde nichts bezahlt, also wird nichts erstattet.',
  reason: 'Grund',
  reasonHint: 'Erforderlich. Nur Admins sehen ihn, hier und im Protokoll.',
  keep: 'Event behalten',
  done: 'Event abgesagt',
  title: 'Dieses Event wurde abgesagt',
  by: (who, time) => `Von ${who}, ${time}`,
  somebody: 'einem Admin',
  theShop: 'dem Shop selbst',
  cancelled: 'Abgesagt',
  cancelledAt: (time) => `Abgesagt ${time}`,
  soldBefore: 'Vor der Absage verkaufte Stücke',
  ordersBefore: 'Vor der Absage bestätigt',
  givenBack: 'Erstattetes Geld',
  refunded: (refunded, orders) =>
    `Erstattet: ${number(refunded)} von ${number(orders)} Bestellungen`,
  ended: (refunded, orders) => `Beendet: ${number(refunded)} von ${number(orders)} Bestellungen`,
  working: 'Der Rest folgt von selbst, auch wenn du diese Seite verlässt.',
  finished: 'Es bleibt nichts mehr zu tun.',
  finishedAt: (time) => `Alles erledigt: ${time}. Es bleibt nichts mehr zu tun.`,
  failed: (count) =>
    `${count === 1 ? 'Das Geld einer Bestellung' : `Das Geld von ${number(count)} Bestellungen`} ließ sich nicht erstatten. Sieh dir jede an und kläre sie:`,
};
