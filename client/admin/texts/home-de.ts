/** What the console's home says, in German. */
import { number } from '../../texts/numbers.ts';
import type { Worded } from '../../texts/texts.ts';
import type { HOME_EN } from './home-en.ts';

export const HOME_DE: Worded<typeof HOME_EN> = {
  title: 'Start',
  attention: 'Braucht dich',
  nothing: 'Nichts braucht dich gerade.',
  reportsUnknown: 'Ob Bewertungen oder Kommentare gemeldet wurden, lässt sich gerade nicht lesen.',
  givenUp: (shown, count) =>
    `${shown} ${count === 1 ? 'Zustellung wurde' : 'Zustellungen wurden'} aufgegeben: Mails oder Aufträge an den Zahlungsanbieter.`,
  showOutbox: 'Postausgang zeigen',
  reported: {
    reviews: (shown, count) =>
      `${shown} gemeldete ${count === 1 ? 'Bewertung wartet' : 'Bewertungen warten'} auf eine Entscheidung.`,
    comments: (shown, count) =>
      count === 1
        ? `${shown} gemeldeter Kommentar wartet auf eine Entscheidung.`
        : `${shown} gemeldete Kommentare warten auf eine Entscheidung.`,
  },
  moderate: 'Entscheiden',
  unsent: (shown, count) =>
    `${shown} ${count === 1 ? 'Bestellung wartet' : 'Bestellungen warten'} seit mehr als 3 Tagen auf den Versand.`,
  showUnsent: 'Zu versendende Bestellungen zeigen',
  lowStock: ({ what, where, remaining, total }) =>
    `${what} in ${where} geht aus: noch ${number(remaining)} von ${number(total)}.`,
  goneWithWaiting: ({ what, where, waiting }) =>
    `${what} in ${where} ist weg, und ${waiting === 1 ? 'eine Person wartet' : `${number(waiting)} Personen warten`} darauf.`,
  showEvent: 'Event zeigen',
  moreLowStock: 'Weitere Artikel gehen aus.',
  allEvents: 'Alle Events',
  live: 'Läuft gerade',
  noneLive: 'Kein Verkauf läuft.',
  ends: (ahead) => `Endet ${ahead}`,
  next: 'Öffnet als Nächstes',
  noneNext: 'Kein Verkauf ist geplant.',
  opens: (ahead) => `Öffnet ${ahead}`,
  draftOpens: (ahead) => `Öffnet ${ahead}, nicht veröffentlicht`,
  revenue: 'Umsatz',
  range: 'Zeitraum',
  ranges: {
    week: 'Letzte 7 Tage',
    month: 'Letzte 30 Tage',
    quarter: 'Letzte 13 Wochen',
    year: 'Letzte 12 Monate',
  },
  currency: 'Währung',
  exportRevenue: 'Als CSV speichern',
  noRevenue: 'In dieser Zeit wurde nichts verkauft.',
  net: 'Umsatz',
  gross: 'Verkauft',
  refunded: 'Zurückgegeben',
  orders: 'Bestellungen',
  units: 'Stück',
  period: 'Zeit',
  chartLabel: (period, amount) => `Umsatz im Verlauf. Am meisten ${period}: ${amount}.`,
  revenueMeaning: (timeZone) =>
    `Bestätigte Bestellungen mit Versand und Steuer, zur Zeit der Bestätigung. Zurückgegeben: Erstattungen, verlorene Zahlungsstreitigkeiten, gescheiterte Abbuchungen und abgesagte Verkäufe, zur Zeit, als es geschah. Tage der Zeitzone ${timeZone}.`,
};
