/** What is told of paying for an order, in German. Must hold texts only. */
import { number } from '../numbers.ts';
import type { Worded } from '../texts.ts';
import type { PAYMENT_EN } from './payment-en.ts';

export const PAYMENT_DE: Worded<typeof PAYMENT_EN> = {
  title: 'Zahlung',
  toPay: 'Bezahle, bevor die Zeit abläuft',
  units: (quantity, price) => `${number(quantity)} × ${price}`,
  total: 'Gesamtpreis',
  // German law (§ 312j BGB) wants these words on the button, and no others.
  pay: () => 'Zahlungspflichtig bestellen',
  opening: 'Die Bezahlseite wird geöffnet …',
  openByHand: 'Öffnet sie sich nicht? Zur Bezahlseite',
  how: 'Du bezahlst auf der Seite unseres Zahlungsdienstes. Wenn du es nicht bekommst, kostet es dich nichts: Dann wird nichts abgebucht, oder du bekommst alles zurück.',
  notOpened:
    'Die Bezahlseite ließ sich nicht öffnen. Es wurde nichts abgebucht, und deine Reservierung läuft weiter: Bitte versuch es noch einmal.',
  toOrder: 'Zur Bestellung und ihrer Zahlung',
  ifPaid: 'Hast du im letzten Moment bezahlt? Was daraus wurde, steht bei deiner Bestellung.',

  unfinishedTitle: 'Noch nicht bezahlt',
  unfinished:
    'Du hast die Zahlung nicht abgeschlossen, und es wurde nichts abgebucht. Du kannst weitermachen.',
  declinedTitle: 'Die Zahlung wurde abgelehnt',
  declined: {
    insufficient_funds: 'Auf der Karte ist nicht genug Geld, oder ihr Limit ist erreicht.',
    card_expired: 'Die Karte ist abgelaufen.',
    details_wrong: 'Nummer, Datum oder Prüfziffer der Karte stimmten nicht.',
    not_authenticated: 'Deine Bank bekam keine Freigabe von dir.',
    too_often: 'Deine Bank erlaubt mit dieser Karte vorerst keine weiteren Zahlungen.',
    try_later: 'Deine Bank war nicht zu erreichen.',
    other: 'Deine Bank hat nicht gesagt, warum.',
  },
  payAgain:
    'Es wurde nichts abgebucht. Du kannst noch einmal bezahlen, auch mit einer anderen Karte.',
  checkingTitle: 'Deine Zahlung wird geprüft …',
  checking: 'Das dauert ein paar Sekunden. Wenn du es nicht bekommst, kostet es dich nichts.',
  slowTitle: 'Deine Zahlung wird noch geprüft',
  slow: 'Das dauert länger als sonst. Du kannst diese Seite schließen: Wir prüfen weiter, und wenn du es nicht bekommst, kostet es dich nichts.',
  lookAgain: 'Noch einmal prüfen',
  paidTitle: 'Es gehört dir und ist bezahlt',
  approved: (total) => `Deine Bank hat ${total} freigegeben. Der Betrag wird jetzt abgebucht.`,
  paid: (total) => `Du hast ${total} bezahlt.`,
  goneTitle: 'Von deiner Karte wurde nichts abgebucht',
  gone: {
    expired:
      'Die Zeit lief ab, bevor die Zahlung fertig war, und das Stück ging zurück in den Verkauf. Zeigt deine Bank einen reservierten Betrag, verschwindet er von selbst, meist in wenigen Tagen.',
    cancelled:
      'Du hast das Stück freigegeben. Zeigt deine Bank einen reservierten Betrag, verschwindet er von selbst, meist in wenigen Tagen.',
  },
  returningTitle: 'Dafür bezahlst du nichts',
  returning:
    'Du hast das Stück nicht bekommen, darum geben wir deine Zahlung gerade wieder frei. Du musst nichts tun.',
  returnedTitle: 'Dein Geld ist auf dem Weg zurück',
  returned: (amount) =>
    `Du hast das Stück nicht bekommen, darum haben wir ${amount} zurückgeschickt. Bis deine Bank es zeigt, kann es ein paar Tage dauern.`,
  refundedTitle: 'Erstattet',
  refunded: (amount) =>
    `Wir haben ${amount} zurückgeschickt. Bis deine Bank es zeigt, kann es ein paar Tage dauern.`,
  partlyTitle: 'Teilweise erstattet',
  partly: (amount, total) =>
    `Wir haben ${amount} von ${total} zurückgeschickt. Bis deine Bank es zeigt, kann es ein paar Tage dauern.`,
  failedTitle: 'Die Zahlung ist am Ende gescheitert',
  failed:
    'Deine Bank hatte sie freigegeben und dann doch nicht bezahlt. Bei dir wurde nichts abgebucht, und die Bestellung wird nicht ausgeführt.',

  status: {
    open: 'Zahlung nicht abgeschlossen',
    authorised: 'Zahlung freigegeben',
    captured: 'Bezahlt',
    released: 'Nicht abgebucht',
    failed: 'Zahlung gescheitert',
    refunded: 'Erstattet',
    partly_refunded: 'Teilweise erstattet',
  },
  state: 'Stand',
  amount: 'Betrag',
  approvedAt: 'Freigegeben',
  refundOf: (time) => `Erstattung ${time}`,
  refundStatus: {
    pending: (amount) => `${amount}, unterwegs`,
    done: (amount) => amount,
    failed: (amount) => `${amount}, kam nicht an: bitte frag beim Shop nach`,
  },
  unitsReturned: 'Zurückgegeben',
  returnedUnits: (count) => `${number(count)} Stück`,
  resume: (digits) => `Noch ${digits} – bezahlen oder freigeben`,
  returnedState: { whole: 'Zurückgegeben', partly: 'Teils zurückgegeben' },
  allReturned: 'Zurück an den Shop gegeben.',
  partlyReturned: (kept) => `Ein Teil ging zurück an den Shop. Dir bleiben ${number(kept)} Stück.`,
};
