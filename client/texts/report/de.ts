/** What the report of a sale says, in German. Must hold texts only. */
import { number, plural } from '../numbers.ts';
import type { Worded } from '../texts.ts';
import type { REPORT_EN } from './en.ts';

export const REPORT_DE: Worded<typeof REPORT_EN> = {
  name: 'Bericht',
  title: (sale) => `Bericht: ${sale}`,
  back: 'Zum Drop',
  when: (opened, closed) => `Offen von ${opened} bis ${closed}.`,
  whenOpen: (opened, closes) => `Offen seit ${opened}, noch bis ${closes}.`,
  counted: (time) => `Gezählt: ${time}.`,
  lasting:
    'Der Drop ist noch nicht vorbei, oder es ist noch etwas reserviert: Die Zahlen können sich ändern.',
  cancelled: (time) =>
    `Dieser Drop wurde abgesagt (${time}). Alle Stücke gingen zurück, deshalb zählt keines als verkauft.`,
  summary: (sold, total) => `${sold} von ${total} Stücken verkauft.`,
  summarySoldOut: (duration) => `Nach ${duration} war zum ersten Mal alles vergeben.`,
  from: 'Gezählt aus:',
  figure: 'Zahl',
  count: 'Anzahl',
  share: 'Anteil',
  none: 'Keine.',

  units: {
    title: 'Was aus den Stücken wurde',
    total: 'Alle Stücke',
    soldAtOnce: 'Sofort verkauft',
    soldAfterComingBack: 'Nach Rückkehr verkauft',
    held: 'Noch reserviert',
    neverHeld: 'Nie genommen',
    cameBackUnsold: 'Zurückgekommen, nicht verkauft',
    chart: (parts) => `Von allen Stücken: ${parts}.`,
  },
  sellOut: {
    title: 'Zeit bis zum Ausverkauf',
    after: (duration, time) => `${duration} nach der Öffnung, um ${time}.`,
    never: 'Es waren immer Stücke frei.',
  },
  cameBack: {
    title: 'Stücke, die zurückkamen',
    expired: 'Reservierung abgelaufen',
    cancelled: 'Reservierung storniert',
    givenBack: 'Verkauft und zurückgegeben',
    toQueue: 'Danach an jemanden auf der Warteliste oder in der Verlosung',
    toOthers: 'Danach an jemand anderen',
    left: 'Nicht wieder genommen',
    chartFrom: (parts) => `Warum Stücke zurückkamen: ${parts}.`,
    chartTo: (parts) => `Wohin sie gingen: ${parts}.`,
  },
  holds: {
    title: 'Reservierungen',
    made: 'Alle Reservierungen',
    confirmed: 'Gekauft',
    expired: 'Abgelaufen',
    cancelled: 'Storniert',
    lasting: 'Noch reserviert',
  },
  refusals: { title: 'Ablehnungen nach Grund' },
  entries: {
    title: 'Die Warteschlange',
    made: 'Alle Einträge',
    offered: 'Bekamen ein Angebot',
    confirmed: 'Kauften, was ihnen angeboten wurde',
    waiting: 'Nicht erreicht',
    left: 'Ausgetreten',
    skipped: (reason) => `Übersprungen: ${reason}`,
    served: (served, last) => `Bedient bis Platz ${served} von ${last}.`,
    notServed: 'Niemand bekam ein Angebot.',
  },
  waiting: {
    title: 'Wie lange auf ein Angebot gewartet wurde',
    median: 'Die Hälfte wartete höchstens',
    p90: 'Neun von zehn warteten höchstens',
    longest: 'Längste Wartezeit',
    under: (duration) => `unter ${duration}`,
    longer: 'länger',
  },
  items: {
    title: 'Nach Artikel',
    item: 'Artikel',
    sold: 'Verkauft',
    soldOut: 'Ausverkauft nach',
    no: 'nein',
  },
  files: {
    title: 'Zum Mitnehmen',
    csv: 'Als Tabelle (CSV)',
    json: 'Im Format JSON',
    link: 'Adresse',
  },

  people: (count) => plural(count, 'Person', 'Personen'),
  seconds: (seconds) => `${number(seconds)} Sek.`,
  reasons: {
    sold_out: 'Ausverkauft',
    queue_ahead: 'Andere warteten auf die freien Stücke',
    stock_available: 'Wollte warten, aber es waren Stücke frei',
    queue_closed: 'Die Warteschlange nahm niemanden auf',
    queue_full: 'Die Warteschlange war voll',
    not_open: 'Vor der Öffnung',
    closed: 'Nach dem Ende',
    limit_reached: 'Limit pro Person erreicht',
    hold_expired: 'Reservierung war abgelaufen',
    rate_limited: 'Zu viele Versuche auf einmal',
    busy: 'Zu viele Käufe auf einmal',
    unavailable: 'Technische Störung',
    changed: 'Preis hatte sich geändert',
    payment_required: 'Nicht bezahlt',
    email_unverified: 'E-Mail-Adresse nicht bestätigt',
    unauthenticated: 'Inzwischen abgemeldet',
    forbidden: 'Konto nicht zugelassen',
    not_found: 'Nicht gefunden',
    deactivated: 'Konto deaktiviert',
    disqualified: 'ausgeschlossen',
    event_cancelled: 'Drop abgesagt',
  },
  countedFrom: {
    units:
      'den Bestellungen in der Reihenfolge ihrer Reservierungen. Stücke, die noch niemand reserviert hatte, zählen als zuerst genommen, und alle Stücke als von Anfang an da. Eine Bestellung zählt ohne zurückgegebene Stücke.',
    sellOut:
      'dem ersten Augenblick, in dem alle Stücke, die es am Ende gab, reserviert oder verkauft waren. Eine zu spät bestätigte Reservierung zählt als durchgehend, und zurückgegebene Stücke als verkauft.',
    cameBack:
      'Bestellungen, deren Reservierung ablief oder storniert wurde, und zurückgegebenen Stücken. Jede Rückkehr eines Stücks zählt.',
    holds: 'allen Bestellungen, danach, wie sie endeten.',
    refusals:
      'abgelehnten Versuchen, während des Drops gezählt. Bis zu zwei Sekunden davon können fehlen; ein zweiter Versuch zählt noch einmal.',
    entries: 'allen Einträgen der Warteschlange, danach, wie sie endeten.',
    waiting:
      'Einträgen, die ein Angebot bekamen: vom Eintritt, oder von der Öffnung, wo sie später war, bis zum Angebot.',
  },
};
