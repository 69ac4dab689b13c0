/** The mails in German. */
import type { WhyNotKept } from '../../../stores/postgres/payment-mail-facts.ts';
import { costFacts } from './cost-facts.ts';
import { drawnOffer } from './drawn-offer.ts';
import { eventCancelled } from './event-cancelled.ts';
import type { Fact, MailTexts } from './message.ts';
import { dayAndTime, itemTitle, money, oneLine } from './values.ts';

/** What became of the order that the money was for. */
const WHY: Record<WhyNotKept, string> = {
  cancelled: 'Die Bestellung wurde storniert, darum bezahlst du sie nicht.',
  expired:
    'Die Zeit, für die das Stück reserviert war, lief ab, bevor die Zahlung fertig war, und wir konnten es nicht länger für dich behalten. Darum bezahlst du es nicht.',
  failed:
    'Deine Bank hatte die Zahlung freigegeben, und dann ließ sie sich nicht abschließen. Die Bestellung wird nicht ausgeführt.',
  paid_twice:
    'Diese Bestellung ist schon bezahlt und bleibt, wie sie ist. Du bezahlst sie kein zweites Mal.',
  refunded: 'Die Bestellung wurde ganz erstattet, bevor etwas abgebucht wurde.',
  unusable: 'Wir konnten diese Zahlung nicht verwenden.',
};

const NOT_YOU_NOTHING = 'Wenn du das nicht warst, musst du nichts tun.';

export const de: MailTexts = {
  'mail.verify_email': ({ link }, { name }) => ({
    subject: 'Bestätige deine E-Mail-Adresse',
    blocks: [
      {
        text: `Ein Konto bei ${name} hat diese E-Mail-Adresse. Bitte bestätige, dass sie dir gehört.`,
      },
      { link, label: 'Adresse bestätigen' },
      { text: 'Der Link gilt einmal und 24 Stunden lang.' },
      { text: `${NOT_YOU_NOTHING} Die Adresse bleibt unbestätigt.` },
    ],
  }),
  'mail.change_email': ({ link }, { name }) => ({
    subject: 'Bestätige deine neue E-Mail-Adresse',
    blocks: [
      {
        text: `Du möchtest diese E-Mail-Adresse für dein Konto bei ${name} verwenden. Bis du sie bestätigst, behält dein Konto seine bisherige Adresse.`,
      },
      { link, label: 'Diese Adresse verwenden' },
      { text: 'Der Link gilt einmal und 24 Stunden lang.' },
      { text: `${NOT_YOU_NOTHING} Die Adresse wird nicht verwendet.` },
    ],
  }),
  'mail.email_change_asked': (_facts, { name, url }) => ({
    subject: 'Deine E-Mail-Adresse soll geändert werden',
    blocks: [
      {
        text: `Jemand, der dein Passwort kennt, möchte eine andere E-Mail-Adresse für dein Konto bei ${name}. Wir haben einen Link an diese andere Adresse geschickt. Deine Adresse ändert sich, wenn die neue innerhalb von 24 Stunden über diesen Link bestätigt wird.`,
      },
      { text: 'Wenn du das warst, musst du hier nichts tun.' },
      {
        text: 'Wenn du das nicht warst, wähle jetzt ein neues Passwort. Dann bewirkt der Link nichts mehr.',
      },
      { link: `${url}/forgotten`, label: 'Neues Passwort wählen' },
    ],
  }),
  'mail.email_changed': (_facts, { name, contact }) => ({
    subject: 'Deine E-Mail-Adresse wurde geändert',
    blocks: [
      {
        text: `Dein Konto bei ${name} hat jetzt eine andere E-Mail-Adresse. An diese hier schreiben wir dazu nicht mehr.`,
      },
      { text: 'Wenn du das warst, musst du nichts tun.' },
      { text: `Wenn du das nicht warst, schreibe uns sofort: ${contact}` },
    ],
  }),
  'mail.reset_password': ({ link }, { name }) => ({
    subject: 'Wähle ein neues Passwort',
    blocks: [
      { text: `Jemand hat ein neues Passwort für dein Konto bei ${name} angefordert.` },
      { link, label: 'Neues Passwort wählen' },
      {
        text: 'Der Link gilt einmal und 30 Minuten lang. Ein neues Passwort meldet alle Geräte ab.',
      },
      { text: `${NOT_YOU_NOTHING} Dein Passwort bleibt, wie es ist.` },
    ],
  }),
  'mail.password_changed': (_facts, { name, url }) => ({
    subject: 'Dein Passwort wurde geändert',
    blocks: [
      {
        text: `Dein Konto bei ${name} hat ein neues Passwort. Andere Geräte müssen sich neu anmelden.`,
      },
      { text: 'Wenn du das warst, musst du nichts tun.' },
      { text: 'Wenn du das nicht warst, wähle jetzt ein neues Passwort.' },
      { link: `${url}/forgotten`, label: 'Neues Passwort wählen' },
    ],
  }),
  'mail.new_device': ({ device, atMs }, { name, url }) => ({
    subject: 'Ein neues Gerät hat sich angemeldet',
    blocks: [
      {
        text: `Ein Gerät, das wir noch nicht kannten, hat sich bei deinem Konto bei ${name} angemeldet.`,
      },
      {
        facts: [
          ['Gerät', device === null ? 'unbekannt' : oneLine(device)],
          ['Zeit', dayAndTime(atMs, 'UTC', 'de')],
        ],
      },
      { text: 'Wenn du das warst, musst du nichts tun.' },
      {
        text: 'Wenn du das nicht warst, wähle jetzt ein neues Passwort. Dann wird das Gerät abgemeldet.',
      },
      { link: `${url}/forgotten`, label: 'Neues Passwort wählen' },
    ],
  }),
  'mail.order_confirmed': (order, { contact }) => ({
    subject: `Deine Bestellung ${order.number} ist bestätigt`,
    blocks: [
      { text: 'Danke. Deine Bestellung ist bestätigt.' },
      {
        facts: [
          ['Bestellnummer', order.number],
          ['Artikel', oneLine(itemTitle(order.itemName, order.variantLabel))],
          ['Verkauf', oneLine(order.eventTitle)],
          ['Menge', String(order.quantity)],
          ['Einzelpreis', money(order.unitPriceMinor, order.currency, 'de')],
          ...costFacts(order, 'de'),
          ['Bestätigt', dayAndTime(order.confirmedAtMs, order.timeZone, 'de')],
        ],
      },
      { link: order.link, label: 'Bestellung ansehen' },
      { text: `Fragen? Schreibe an ${contact} und nenne die Bestellnummer.` },
    ],
  }),
  'mail.order_sent': (order, { contact }) => ({
    subject: `Deine Bestellung ${order.number} ist verschickt`,
    blocks: [
      { text: 'Deine Bestellung ist unterwegs.' },
      {
        facts: [
          ['Bestellnummer', order.number],
          ['Artikel', oneLine(itemTitle(order.itemName, order.variantLabel))],
          ['Verkauf', oneLine(order.eventTitle)],
          ['Menge', String(order.quantity)],
          ['Verschickt', dayAndTime(order.sentAtMs, order.timeZone, 'de')],
        ],
      },
      ...(order.trackingUrl === null
        ? []
        : [{ link: order.trackingUrl, label: 'Sendung verfolgen' }]),
      { link: order.link, label: 'Bestellung ansehen' },
      { text: `Fragen? Schreibe an ${contact} und nenne die Bestellnummer.` },
    ],
  }),
  'mail.your_turn': (offer) => ({
    subject: `Du bist dran: ${oneLine(itemTitle(offer.itemName, offer.variantLabel))}`,
    blocks: [
      {
        text: 'Du hast gewartet, und jetzt bist du dran. Bis zu der Zeit unten ist das für dich reserviert:',
      },
      {
        facts: [
          ['Reserviert bis', dayAndTime(offer.expiresAtMs, offer.timeZone, 'de')],
          ['Artikel', oneLine(itemTitle(offer.itemName, offer.variantLabel))],
          ['Verkauf', oneLine(offer.eventTitle)],
          ['Menge', String(offer.quantity)],
          ['Einzelpreis', money(offer.unitPriceMinor, offer.currency, 'de')],
        ],
      },
      { link: offer.link, label: 'Kauf bestätigen' },
      { text: 'Wenn du nichts tust, bekommt es dann, wer als Nächstes wartet.' },
      ...drawnOffer(offer.draw, 'de'),
    ],
  }),
  'mail.refund_made': ({ refundMinor, paidMinor, refundedMinor, ...order }, { contact }) => ({
    subject: `Erstattung zu deiner Bestellung ${order.number}`,
    blocks: [
      ...(order.why === 'refunded' ? [] : [{ text: WHY[order.why] }]),
      {
        text:
          refundMinor === paidMinor
            ? 'Wir haben dir alles zurückgeschickt, was du bezahlt hast.'
            : 'Wir haben dir einen Teil dessen zurückgeschickt, was du bezahlt hast.',
      },
      {
        facts: [
          ['Zurückgeschickt', money(refundMinor, order.currency, 'de')],
          ['Bezahlt', money(paidMinor, order.currency, 'de')],
          ...(refundedMinor === refundMinor
            ? []
            : [['Insgesamt zurückgeschickt', money(refundedMinor, order.currency, 'de')] as Fact]),
          ['Bestellnummer', order.number],
          ['Artikel', oneLine(itemTitle(order.itemName, order.variantLabel))],
          ['Verkauf', oneLine(order.eventTitle)],
        ],
      },
      {
        text: 'Es geht auf die Karte oder das Konto zurück, womit du bezahlt hast. Banken brauchen meist 5 bis 10 Werktage, bis sie es zeigen. Du musst nichts tun.',
      },
      { link: order.link, label: 'Bestellung ansehen' },
      { text: `Fragen? Schreibe an ${contact} und nenne die Bestellnummer.` },
    ],
  }),
  'mail.not_charged': ({ amountMinor, ...order }, { contact }) => ({
    subject: `Nichts abgebucht: Bestellung ${order.number}`,
    blocks: [
      { text: WHY[order.why] },
      {
        facts: [
          ['Nicht abgebucht', money(amountMinor, order.currency, 'de')],
          ['Bestellnummer', order.number],
          ['Artikel', oneLine(itemTitle(order.itemName, order.variantLabel))],
          ['Verkauf', oneLine(order.eventTitle)],
        ],
      },
      {
        text: 'Zeigt deine Bank einen reservierten Betrag, verschwindet er von selbst, meist in wenigen Tagen. Du musst nichts tun.',
      },
      { link: order.link, label: 'Bestellung ansehen' },
      { text: `Fragen? Schreibe an ${contact} und nenne die Bestellnummer.` },
    ],
  }),
  'mail.event_cancelled': eventCancelled.de,
  'mail.reminder': ({ eventTitle, opensAtMs, timeZone, link, offLink }) => ({
    subject: `Beginnt bald: ${oneLine(eventTitle)}`,
    blocks: [
      { text: 'Ein Verkauf, an den du erinnert werden wolltest, beginnt bald.' },
      {
        facts: [
          ['Verkauf', oneLine(eventTitle)],
          ['Beginn', dayAndTime(opensAtMs, timeZone, 'de')],
        ],
      },
      { link, label: 'Zum Verkauf' },
      {
        text: 'Du hast diese Mail auf der Seite des Verkaufs bestellt. So schaltest du die Erinnerung ab:',
      },
      { link: offLink, label: 'Erinnerung abschalten' },
    ],
  }),
  'mail.account_deleted': (_facts, { name, contact }) => ({
    subject: 'Dein Konto wurde gelöscht',
    blocks: [
      {
        text: `Dein Konto bei ${name} wurde gelöscht, wie sein Besitzer es wollte. Bestellungen bleiben ohne deinen Namen und deine E-Mail-Adresse gespeichert.`,
      },
      { text: `Wenn du das nicht warst, schreibe uns: ${contact}` },
    ],
  }),
};
