/** Every word of what is fetched after the first screen, in German. Must hold texts only. */
import { number } from '../numbers.ts';
import { ACCOUNT_DE } from './account-de.ts';
import { ADDRESS_DE } from './address-de.ts';
import { ADMIN_PROBLEMS } from './admin-problems-de.ts';
import { GALLERY_DE } from './gallery-de.ts';
import { LEGAL_DE } from './legal-de.ts';
import { NEXT_DE } from './next-de.ts';
import { ORDER_DE } from './order-de.ts';
import { PAYMENT_DE } from './payment-de.ts';
import { PURCHASE_DE } from './purchase-de.ts';
import { PUSH_DE } from './push-de.ts';
import { QUEUE_DE } from './queue-de.ts';
import { REVIEWS_DE } from './reviews-de.ts';
import type { LazyTexts } from './texts.ts';

export const LAZY_DE: LazyTexts = {
  // Orders.
  orderStatus: {
    pending: 'Reserviert',
    confirmed: 'Bestätigt',
    cancelled: 'Storniert',
    expired: 'Abgelaufen',
  },
  orderLine: (quantity, price) => `${number(quantity)} × ${price}`,
  unitCameBack: 'Ein Stück ist zurückgekommen. Versuch es noch einmal.',

  partOf: (event) => `Gehört zu ${event}`,

  ...REVIEWS_DE,

  profileTitle: 'Profil',
  emailFixed: 'Mit dieser Adresse meldest du dich an. Sie lässt sich nicht ändern.',
  saveName: 'Namen speichern',
  nameSaved: 'Dein Name ist gespeichert. Er steht bei allem, was du geschrieben hast.',
  passwordTitle: 'Passwort ändern',
  passwordLead: 'Alle anderen Geräte werden abgemeldet.',
  currentPassword: 'Aktuelles Passwort',
  newPassword: 'Neues Passwort',
  currentPasswordWrong: 'Das ist nicht dein aktuelles Passwort.',
  savePassword: 'Passwort ändern',
  passwordSaved: 'Dein Passwort ist geändert. Andere Geräte müssen sich neu anmelden.',
  loginsTitle: 'Wo du angemeldet bist',
  loginsLead: 'Jedes Gerät heißt so, wie sich sein Browser bei der Anmeldung genannt hat.',
  unknownDevice: 'Unbekanntes Gerät',
  thisDevice: 'Dieses Gerät',
  lastUsed: (time) => `Zuletzt benutzt ${time}`,
  signedInSince: (time) => `Angemeldet ${time}`,
  endLoginAsk: (device) => `${device} abmelden?`,
  loginEnded: (device) => `${device} ist abgemeldet.`,
  signOutEverywhere: 'Überall abmelden',
  signOutEverywhereAsk: 'Auf allen Geräten abmelden, auch auf diesem?',
  ordersLead: 'Was du reserviert, gekauft, freigegeben oder verpasst hast, und wo du anstehst.',

  holdBody: (quantity, price) =>
    `${number(quantity)} × ${price}. Bestätige, bevor die Zeit abläuft.`,
  holdRemaining: (spoken) => `Noch ${spoken} reserviert`,
  holdMeans: 'In dieser Zeit kann es niemand sonst kaufen.',
  confirm: 'Zahlungspflichtig bestellen',
  confirming: 'Wird bestätigt …',
  giveBack: 'Freigeben',
  givingBack: 'Wird freigegeben …',
  holdBar: 'Deine Reservierungen',
  holdBarOne: (item) => `${item}, für dich reserviert`,
  holdBarUnit: 'Ein Stück, für dich reserviert',
  holdBarMore: (count) => (count === 1 ? 'und 1 weitere' : `und ${count} weitere`),
  holdBarGo: 'Zur Reservierung',
  reportLink: 'Bericht: was aus diesem Drop wurde',
  cancelledNote:
    'Dieser Verkauf wurde abgesagt. Hast du etwas bezahlt, bekommst du alles zurück. Alle, die gekauft oder gewartet haben, bekommen eine E-Mail. Du musst nichts tun.',
  holdBarEnded: 'Deine Reservierung ist abgelaufen. Das Stück ist wieder im Verkauf.',
  holdBarAgain: 'Noch einmal versuchen',
  dismiss: 'Schließen',

  account: ACCOUNT_DE,
  address: ADDRESS_DE,
  payment: PAYMENT_DE,
  legal: LEGAL_DE,
  gallery: GALLERY_DE,
  next: NEXT_DE,
  purchase: PURCHASE_DE,
  push: PUSH_DE,
  queue: QUEUE_DE,

  // Accounts and orders.
  signInTitle: 'Anmelden',
  signInLead: 'Melde dich an, bevor der Drop öffnet. Dann musst du nur noch auf „Kaufen“ drücken.',
  signingIn: 'Du wirst angemeldet …',
  register: 'Konto anlegen',
  registerTitle: 'Konto anlegen',
  registerLead: 'Es dauert eine halbe Minute, und du bist bereit für jeden Drop.',
  registering: 'Dein Konto wird angelegt …',
  newHere: 'Neu hier?',
  haveAccount: 'Du hast schon ein Konto?',
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  displayName: 'Name',
  displayNameHint: 'Nur für dich und in Diskussionen zu sehen.',
  passwordHint: 'Mindestens 8 Zeichen.',
  fieldMissing: 'Bitte fülle dieses Feld aus.',
  fieldErrors: {
    email: 'Diese E-Mail-Adresse können wir nicht verwenden.',
    password: 'Nimm zwischen 8 und 200 Zeichen.',
    displayName: 'Nimm eine Zeile mit 1 bis 60 sichtbaren Zeichen.',
  },
  passwordFaults: {
    too_short: 'Bitte mindestens 8 sichtbare Zeichen.',
    too_common: 'Dieses haben zu viele. Bitte wähl ein anderes.',
    too_simple: 'Das ist zu leicht zu erraten. Bitte wähl ein anderes.',
    too_personal: 'Bitte ohne deinen Namen, deine E-Mail und SwiftDrop, oder mit mehr dazu.',
    unchanged: 'Dieses Passwort hast du schon.',
  },
  ordersTitle: 'Meine Käufe',
  ordersEmpty: 'Du hast noch nichts gekauft.',
  ordersEmptyAction: 'Zu den Drops',
  orderedAt: (time) => `Reserviert: ${time}`,
  resumeHold: (digits) => `Noch ${digits} – bestätigen oder freigeben`,
  order: ORDER_DE,
  orderNotes: {
    pending: 'Für dich reserviert, bis die Zeit abläuft.',
    confirmed: 'Gehört dir.',
    cancelled: 'Du hast es freigegeben.',
    expired: 'Die Zeit lief ab, und es ging zurück in den Verkauf.',
  },

  problems: {
    forbidden: 'Das darfst du leider nicht.',
    hold_expired: 'Deine Reservierung ist abgelaufen, und das Stück ging an jemand anderen.',
    order_confirmed: 'Diese Bestellung ist schon bestätigt.',
    order_cancelled: 'Diese Bestellung wurde storniert.',
    event_ended: 'Der Verkauf endete, bevor die Bestellung bestätigt war.',
    invalid_credentials: 'E-Mail-Adresse oder Passwort stimmt nicht.',
    method_not_allowed: 'Diese Seite ist veraltet. Bitte lade sie neu.',
    idempotency_key_reused: 'Das hat nicht geklappt. Bitte versuch es noch einmal.',
    upgrade_required: 'Diese Seite ist veraltet. Bitte lade sie neu.',
    precondition_failed: 'Jemand anderes hat das inzwischen geändert.',
    event_cancelled: 'Dieses Event wurde endgültig abgesagt.',
    draw_due:
      'Das Ergebnis der Verlosung steht schon fest, also wird ausgelost. Danach kannst du das Event absagen.',
    mail_suppressed:
      'E-Mails an diese Adresse kommen zurück. Bitte wähle auf deinem Profil eine andere.',
    mail_not_suppressed: 'Nichts hält E-Mails an diese Adresse auf.',
    account_deleted: 'Dieses Konto wurde von der Person gelöscht, der es gehörte.',
    reply_too_deep: 'Tiefer verschachtelt kann man hier nicht antworten.',
    email_taken: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto. Möchtest du dich anmelden?',
    name_reserved: 'Dieser Name sieht aus wie einer vom Shop. Bitte wähle einen anderen.',
    email_unverified: 'Bitte bestätige zuerst deine E-Mail-Adresse.',
    payment_required: 'Diese Bestellung muss zuerst bezahlt werden.',
    already_open: 'Der Verkauf hat schon begonnen.',
    too_many_reminders: 'Mehr Erinnerungen gehen nicht. Schalte zuerst eine andere aus.',
    ...ADMIN_PROBLEMS,
    mail_unavailable: 'Dieser Shop verschickt keine E-Mails.',
    push_unavailable: 'Dieser Shop verschickt keine Mitteilungen.',
    push_service_unknown: 'An diesen Browser kann der Shop keine Mitteilungen schicken.',
    link_invalid:
      'Der Link gilt nicht mehr: Er wurde benutzt oder ist zu alt. Bitte fordere einen neuen an.',
    too_large: 'Das ist zu lang zum Senden.',
    queue_ahead: 'Andere warten schon länger und sind zuerst dran.',
    stock_available: 'Gerade ist etwas frei: Du kannst sofort kaufen.',
    queue_closed: 'Dieser Verkauf hat keine Warteliste.',
    queue_full: 'Die Warteliste ist voll.',
    has_entries: 'Es warten schon Leute, darum lässt sich das nicht mehr ändern.',
    no_payment_provider: 'Dieser Shop nimmt online kein Geld an.',
    no_payment_due: 'Diese Bestellung muss nicht online bezahlt werden.',
    address_required: 'Bitte sag zuerst, wohin es geht.',
    not_delivered_there: 'In dieses Land wird es nicht geliefert.',
    address_fixed:
      'Die Lieferung dorthin würde etwas anderes kosten als vereinbart, darum bleibt das Land, wie es ist.',
    already_sent: 'Die Bestellung wurde schon verschickt.',
    no_report: 'Zu diesem Verkauf gibt es keinen öffentlichen Bericht.',
    no_address_needed: 'Für diese Bestellung wird nichts geliefert.',
    amount_not_payable: 'Dieser Betrag lässt sich nicht online bezahlen.',
    not_waiting: 'Dieser Eintrag wartet nicht mehr und bleibt darum, wie er ist.',
    unsupported_media_type: 'Diese Seite ist veraltet. Bitte lade sie neu.',
  },
};
