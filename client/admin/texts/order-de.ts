/** What the page of one order says, in German. */

import { number } from '../../texts/numbers.ts';
import { DISPUTES_DE } from './disputes-de.ts';
import type { AdminTexts } from './texts.ts';

export const ORDER_DE: AdminTexts['order'] = {
  title: (orderNumber) => `Bestellung ${orderNumber}`,
  untitled: 'Eine Bestellung',
  all: 'Alle Bestellungen',
  back: 'Zurück zur Liste',
  item: 'Artikel',
  unitsReturned: (count, returned) => `${number(count)}, davon ${number(returned)} zurück`,
  inOutbox: 'Im Postausgang',
  track: 'Sendung verfolgen',

  story: {
    title: 'Was geschehen ist',
    who: {
      customer: 'Kundin oder Kunde',
      admin: 'Admin',
      provider: 'Zahlungsdienst',
      shop: 'Shop',
    },
    reserved: (who) => `Reserviert (${who})`,
    offered: 'Reserviert als Angebot aus der Warteschlange',
    confirmed: (who) => `Bestätigt (${who})`,
    confirmedPaid: 'Bestätigt durch die Zahlung',
    cancelled: (who) => `Freigegeben (${who})`,
    expired: 'Die Zeit lief ab, und die Stücke gingen zurück in den Verkauf',
    authorised: (amount) => `Zahlung von ${amount} von der Bank freigegeben`,
    captured: (amount) => `Bezahlt: ${amount}`,
    released: (amount) => `Zahlung von ${amount} beendet, nichts abgebucht`,
    failed: (amount) => `${amount} ließen sich nicht abbuchen`,
    ends: {
      cancelled: 'Sie wurde aufgegeben.',
      capture_failed: 'Die Bank hat nicht bezahlt.',
      expired: 'Die Zeit zum Bezahlen lief ab.',
      lapsed: 'Die Freigabe der Bank lief ab, bevor abgebucht wurde.',
      refunded: 'Sie sollte erstattet werden, bevor abgebucht wurde.',
    },
    decided: (amount, who) => `Erstattung von ${amount} beschlossen (${who})`,
    restock: (count) => `Davon gehen ${number(count)} Stück zurück in den Verkauf.`,
    reasons: {
      made_at_provider: 'Sie wurde auf den Seiten des Zahlungsdienstes vorgenommen.',
      order_not_kept: 'Die Zahlung kam, als die Bestellung vorbei war.',
      event_cancelled: 'Das Event wurde abgesagt.',
    },
    refunded: (amount) => `${amount} erstattet`,
    refundFailed: (amount) => `${amount} ließen sich nicht erstatten`,
    disputed: (amount) => `${amount} bei der Bank angefochten`,
    dispute_won: (amount) => `Anfechtung von ${amount} gewonnen`,
    dispute_lost: (amount) => `Anfechtung von ${amount} verloren`,
    dispute_closed: (amount) => `Anfechtung von ${amount} beendet, nichts zurückgeholt`,
    mailed: 'Bestätigung per E-Mail verschickt',
    mails: {
      order_sent: 'E-Mail zum Versand verschickt',
      refund_made: 'E-Mail zur Erstattung verschickt',
      not_charged: 'E-Mail verschickt, dass nichts abgebucht wurde',
      event_cancelled: 'E-Mail zum abgesagten Event verschickt',
    },
    mailAgain: (who) => `Bestätigung noch einmal angefordert (${who})`,
    mailSentAgain: (who) => `E-Mail zum Versand noch einmal angefordert (${who})`,
    addressCorrected: (who) => `Lieferadresse berichtigt (${who})`,
    sent: (who) => `Als verschickt vermerkt (${who})`,
    sentTakenBack: (who) => `Als doch nicht verschickt vermerkt (${who})`,
    eventCancelled: (who) => `Event abgesagt (${who})`,
  },

  dispute: DISPUTES_DE,

  packing: { slip: 'Packzettel', back: 'Zurück zur Bestellung' },

  sending: {
    noAddress: 'In diesem Verkauf wird keine Lieferadresse abgefragt.',
    markHint: 'Die Kundin oder der Kunde erfährt es per E-Mail.',
    link: 'Link zur Sendungsverfolgung',
    linkHint: 'Eine Seite des Versanddienstes, mit http oder https. Darf leer bleiben.',
    mark: 'Als verschickt vermerken',
    save: 'Link speichern',
    marked: 'Als verschickt vermerkt.',
    saved: 'Der Link ist gespeichert.',
    takeBack: 'Doch nicht verschickt',
    takeBackAsk: 'Diese Bestellung als nicht verschickt vermerken?',
    takeBackBody: 'Auch ihr Link verschwindet. Sie ist dann wieder zu verschicken.',
    tookBack: 'Die Bestellung ist wieder zu verschicken.',
  },

  note: {
    title: 'Notiz',
    hint: 'Hier sehen sie nur Admins. Da sie etwas über einen Menschen sagt, steht sie auch im Download seiner eigenen Daten.',
    field: 'Was andere Admins dazu wissen sollten',
    write: 'Notiz schreiben',
    edit: 'Notiz ändern',
    save: 'Notiz speichern',
    saved: 'Die Notiz ist gespeichert.',
    removed: 'Es gibt keine Notiz mehr.',
    discard: 'Nicht ändern',
  },

  exportedUnsent: 'Zu verschickende Bestellungen wurden exportiert',

  mail: {
    audit: 'Eine E-Mail zu einer Bestellung wurde noch einmal geschickt',
    title: 'E-Mails',
    kinds: {
      order_confirmed: 'Bestätigung noch einmal schicken',
      order_sent: 'E-Mail zum Versand noch einmal schicken',
    },
    ask: (address) => `Noch einmal an ${address} schicken?`,
    body: 'Sie sagt, was sie jetzt sagen würde. Das geht einige Male in der Stunde.',
    done: 'Die E-Mail geht bald hinaus.',
    suppressed:
      'E-Mails an diese Adresse kommen zurück. Warum, steht in der Liste der Kundschaft; dort lassen sie sich wieder zulassen.',
    tooMany:
      'Zu dieser Bestellung sind in der letzten Stunde genug E-Mails hinausgegangen. Bitte später noch einmal versuchen.',
  },

  refund: {
    title: 'Erstattung',
    goTo: 'Zur Erstattung',
    left: (left, total) => `Von ${total} lassen sich ${left} erstatten.`,
    how: 'Wie viel',
    whole: 'Alles, was übrig ist',
    wholeHint: (left) => `Das sind ${left}.`,
    byUnits: 'Den Preis von Stücken',
    byUnitsHint: (price) => `${price} für jedes, soweit noch so viel übrig ist.`,
    byAmount: 'Einen anderen Betrag',
    byAmountHint: 'Jeden Betrag bis zu dem, was übrig ist.',
    byUnitsWithout: (delivery) =>
      `Die Lieferung zu ${delivery} ist nicht dabei: Sie lässt sich als anderer Betrag erstatten.`,
    paidUnits: 'Stücke, deren Preis erstattet wird',
    amount: (currency) => `Betrag in ${currency}`,
    restock: 'Stücke, die zurück in den Verkauf gehen',
    restockNone: 'Keine',
    restockSent:
      'Die Bestellung ist verschickt: Wähle nur Stücke, die zurückgekommen sind und wieder verkauft werden können.',
    reason: 'Grund',
    reasonHint: 'Erforderlich. Admins lesen ihn weiter unten und im Protokoll.',

    goes: (amount, total, name) => `Von ${total} gehen ${amount} zurück an ${name}.`,
    notCharged: (amount, name) => `Die Zahlung von ${amount} wird nicht abgebucht (${name}).`,
    returns: (count, of) =>
      `${count === of ? number(count) : `${number(count)} von ${number(of)}`} Stück ${count === 1 ? 'geht' : 'gehen'} zurück in den Verkauf: Wer in der Warteschlange wartet, kommt zuerst dran. Nach dem Ende des Verkaufs wird nichts mehr verkauft.`,
    returnsNone: 'Kein Stück geht zurück in den Verkauf.',

    action: 'Erstatten …',
    ask: (amount) => `${amount} erstatten?`,
    confirm: (amount) => `${amount} erstatten`,
    sending: 'Wird erstattet …',
    done: (amount) => `${amount} gehen bald zurück.`,
    another: 'Noch etwas erstatten',
    again:
      'Ob es geschehen ist, ist noch nicht bekannt. Versuch dasselbe noch einmal: Es geschieht nicht zweimal.',
    doneBefore:
      'Was du vorher geschickt hast, ist doch angekommen, darum ist dies nicht geschehen. Sieh weiter unten nach, was geschehen ist, bevor du weitermachst.',
  },
};
