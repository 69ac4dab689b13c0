/** What the screen of the outbox says, in German. */
import { number } from '../../texts/numbers.ts';
import { outboxErrorDE } from './outbox-errors-de.ts';
import type { AdminTexts } from './texts.ts';

export const OUTBOX_DE: AdminTexts['outbox'] = {
  title: 'Postausgang',
  lead: 'Was der Shop zu verschicken hat. An wen es geht und was darin steht, ist hier nicht zu sehen.',
  kind: 'Art',
  kinds: {
    'mail.verify_email': 'E-Mail: Adresse bestätigen',
    'mail.change_email': 'E-Mail: neue Adresse bestätigen',
    'mail.email_change_asked': 'E-Mail: Adresse soll geändert werden',
    'mail.email_changed': 'E-Mail: Adresse geändert',
    'mail.reset_password': 'E-Mail: neues Passwort wählen',
    'mail.password_changed': 'E-Mail: Passwort geändert',
    'mail.new_device': 'E-Mail: auf neuem Gerät angemeldet',
    'mail.order_confirmed': 'E-Mail: Kauf bestätigt',
    'mail.order_sent': 'E-Mail: Bestellung verschickt',
    'mail.refund_made': 'E-Mail: Geld erstattet',
    'mail.not_charged': 'E-Mail: nichts abgebucht',
    'mail.your_turn': 'E-Mail: Du bist dran',
    'mail.event_cancelled': 'E-Mail: Verkauf abgesagt',
    'mail.reminder': 'E-Mail: Verkauf öffnet bald',
    'mail.account_deleted': 'E-Mail: Konto gelöscht',
    'push.opens_soon': 'Mitteilung: Verkauf öffnet bald',
    'push.your_turn': 'Mitteilung: Du bist dran',
    'payment.capture': 'Zahlung: Geld einziehen',
    'payment.release': 'Zahlung: freigeben',
    'payment.refund': 'Zahlung: Geld erstatten',
    'payment.look': 'Zahlung: Stand erfragen',
    'event.cancel': 'Absage: nächster Teil',
    'account.erase': 'Gelöschtes Konto entfernen',
  },
  state: 'Zustand',
  states: { waiting: 'Wartet', done: 'Erledigt', dropped: 'Entfallen', given_up: 'Gescheitert' },
  givenUp: (count, { isMore }) => `Gescheitert: ${isMore ? 'mehr als ' : ''}${number(count)}.`,
  empty: 'Hier ist nichts.',
  errorWords: outboxErrorDE,
  due: (time) => `nächster Versuch ${time}`,
  ended: (time) => `beendet ${time}`,
  retry: 'Noch einmal schicken',
  retried: (kind) => `${kind}: wird jetzt noch einmal versucht.`,
  suppressed: {
    bounced: 'E-Mails kommen zurück',
    complained: 'Hat sich über E-Mails beschwert',
  },
  allowMail: 'E-Mails wieder erlauben',
  allowMailAsk: (whom) => `E-Mails an ${whom} wieder erlauben?`,
  allowMailBody:
    'E-Mails an die Adresse kamen endgültig zurück, oder jemand hat sie dort als unerwünscht gemeldet; dann nur, wenn darum gebeten wird. Führt der Anbieter eine eigene Liste, nimm die Adresse zuerst dort heraus. Was inzwischen nicht verschickt wurde, wird nicht nachgeholt.',
  allowedMail: 'Dorthin gehen wieder E-Mails.',
};
