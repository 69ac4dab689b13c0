/** Every word the shop shows, in German. Must hold texts only. */
import { type DurationParts, secondsLeft, spokenParts } from '../format/times.ts';
import { noun, number, plural } from './numbers.ts';
import type { Words } from './texts.ts';

const problems: Words['problems'] = {
  malformed: 'In diesem Formular stimmt etwas noch nicht. Bitte sieh dir die markierten Felder an.',
  unauthenticated: 'Bitte melde dich zuerst an.',
  token_expired: 'Du wurdest abgemeldet. Bitte melde dich neu an.',
  limit_reached: 'Du hast das Limit pro Person für diesen Artikel erreicht.',
  not_found: 'Hier ist nichts. Vielleicht wurde es entfernt.',
  sold_out: 'Andere waren schneller: Im Moment ist nichts mehr da.',
  changed: 'Der Preis hat sich geändert, seit diese Seite geladen wurde. Nichts wurde gekauft.',
  not_open: 'Der Verkauf hat noch nicht begonnen.',
  closed: 'Der Verkauf ist vorbei.',
  rate_limited: 'Das war etwas zu schnell. Warte kurz und versuch es noch einmal.',
  internal: 'Bei uns ist etwas schiefgegangen. Bitte versuch es noch einmal.',
  busy: 'Gerade sind es zu viele auf einmal. Bitte versuch es gleich noch einmal.',
  unavailable: 'Der Shop ist kurz nicht erreichbar. Bitte versuch es noch einmal.',
  offline: 'Keine Verbindung. Prüfe dein Netz und versuch es noch einmal.',
  no_answer:
    'Es kam keine Antwort. Du kannst es gefahrlos noch einmal versuchen: Nichts wird doppelt gekauft.',
};

const texts: Words['texts'] = {
  skipToContent: 'Zum Inhalt springen',
  mainNavigation: 'Hauptmenü',
  events: 'Drops',
  orders: 'Käufe',
  admin: 'Admin',
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  signOutHere: 'Auf diesem Gerät abmelden',
  signedInAs: (name) => `Angemeldet als ${name}`,
  loading: 'Wird geladen …',
  tryAgain: 'Noch einmal versuchen',
  reload: 'Seite neu laden',
  partMissing:
    'Der Shop wurde erneuert, während diese Seite offen war. Bitte lade sie neu; was du getippt hast, bleibt.',
  offlineBanner: 'Du bist offline. Was du siehst, ist vielleicht nicht mehr aktuell.',
  outOfDate: 'Das ist vielleicht nicht mehr aktuell.',
  requestId: (id) => `Referenz: ${id}`,

  eventsTitle: 'Limitierte Drops, in Sekunden verkauft.',
  eventsLead:
    'Ein Drop ist eine kleine Stückzahl, die ab einem festen Zeitpunkt zu haben ist. Weg ist weg.',
  eventsEmpty: 'Gerade sind keine Drops geplant. Schau bald wieder vorbei.',
  finder: {
    field: 'Drops und Artikel suchen',
    search: 'Suchen',
    all: 'Alle',
    nothing: 'Nichts gefunden. Versuch es mit weniger Wörtern.',
  },
  groups: { live: 'Jetzt im Verkauf', locked: 'Bald im Verkauf', closed: 'Vergangene Drops' },
  showMore: 'Mehr anzeigen',

  status: { locked: 'Öffnet bald', live: 'Im Verkauf', sold_out: 'Ausverkauft', closed: 'Vorbei' },
  draw: 'Verlosung',
  drawProof: 'So wird verlost',
  waitlist: 'Warteliste',
  opensIn: 'Bis zum Start',
  dayCount: (count) => plural(count, 'Tag', 'Tagen'),
  opensInDigits: (digits) => `Start in ${digits}`,
  closesIn: 'Bis zum Ende',
  opensAt: (time) => `Start: ${time}`,
  closesAt: (time) => `Ende: ${time}`,
  closedAt: (time) => `Beendet: ${time}`,
  closedByHand: (time) => `Vom Shop beendet ${time}`.trim(),
  calledOff: (time) => `Abgesagt ${time}`.trim(),
  units: {
    days: (count) => noun(count, 'Tag', 'Tage'),
    hours: () => 'Std.',
    minutes: () => 'Min.',
    seconds: () => 'Sek.',
  },
  spokenDuration,
  spokenRemaining,
  itemCount: (count) => plural(count, 'Artikel', 'Artikel'),

  eventTitle: 'Drop',
  allEvents: 'Alle Drops',
  itemsTitle: 'In diesem Drop',
  noItems: 'Dieser Drop hat noch keine Artikel.',
  holdNote: (duration) =>
    `Drückst du auf „Kaufen“, ist es ${duration} für dich reserviert: Niemand sonst bekommt es. Bestelle in dieser Zeit, sonst geht es zurück in den Verkauf.`,
  stockLabel: 'Bestand',
  stockLeft: (count) => `${number(count)} übrig`,
  stockHeld: (count) => `${number(count)} reserviert`,
  stockSold: (count) => `${number(count)} verkauft`,
  stockOf: (count) => `von ${number(count)} Stück`,
  limitPerCustomer: (limit) => `Höchstens ${number(limit)} pro Person`,
  limitOverAll: 'Alle Varianten zählen zusammen.',
  chooseVariant: 'Variante wählen',
  chooseSize: 'Größe wählen',
  priceFrom: (price) => `ab ${price}`,
  tax: { included: 'inkl. USt.', added: 'zzgl. USt.' },
  variantSoldOut: 'ausverkauft',
  variantHeld: 'alle reserviert – vielleicht wird etwas frei',
  variantOnHold: 'Reserviert',
  verifiedOnly: 'Nur Konten mit bestätigter E-Mail-Adresse können kaufen.',
  verifyYours: 'Deine bestätigen',
  paidOnline: (duration) => `Du bezahlst online; nach dem Reservieren hast du ${duration} Zeit.`,
  paidInTurn: (duration) => `Du bezahlst online; ab deinem Zug hast du ${duration} Zeit.`,
  mailboxLimit: 'Adressen desselben Postfachs teilen sich ein Limit.',
  quantity: 'Menge',
  buy: 'Kaufen',
  buyAgain: 'Noch einmal kaufen',
  buyAt: (price) => `Für ${price} kaufen`,
  buySignedOut: 'Zum Kaufen anmelden',
  buying: 'Wird reserviert …',
  offer: {
    locked: 'Noch nicht geöffnet',
    all_held: 'Auf ein frei werdendes Stück hoffen',
    sold_out: 'Ausverkauft',
    closed: 'Verkauf beendet',
  },
  allHeldHint: 'Alles ist vergeben, manches aber nur reserviert: Es kann etwas zurückkommen.',
  itemLabel: (action, item) => `${action}: ${item}`,

  holdTitle: 'Für dich reserviert',
  legalPages: 'Rechtliches',
  legal: {
    imprint: 'Impressum',
    terms: 'AGB',
    privacy: 'Datenschutz',
    returns: 'Widerruf und Rückgabe',
  },
  retrying: 'Das dauert länger als sonst. Wir versuchen es weiter …',

  notFoundTitle: 'Hier ist nichts',
  notFoundBody: 'Die gesuchte Seite gibt es nicht oder nicht mehr.',
  backToEvents: 'Zurück zu allen Drops',

  languageSwitch: 'Sprache',

  // The page as it arrives.
  addToCalendar: 'In den Kalender',

  itemDetails: 'Details und Bewertungen',
  pictures: 'Bilder',
  pictureNth: (n, count) => (count > 1 ? `Bild ${number(n)} von ${number(count)}` : 'Bild'),
  itemMissing: 'Dieser Artikel gehört nicht oder nicht mehr zu diesem Drop.',
  backToEvent: 'Zurück zum Drop',
  ratingsTitle: 'Bewertungen',
};

export const DE: Words = { language: 'de', problems, texts };

/** In steps worth saying aloud; a step of the last minute is said when it begins. */
function spokenRemaining(remainingMs: number): string {
  const seconds = secondsLeft(remainingMs);
  const spoken = spokenDuration(spokenParts(remainingMs));
  return seconds > 0 && seconds < 60 ? `weniger als ${spoken}` : spoken;
}

function spokenDuration({ days, hours, minutes, seconds }: DurationParts): string {
  const parts = [
    days > 0 && plural(days, 'Tag', 'Tage'),
    hours > 0 && plural(hours, 'Stunde', 'Stunden'),
    minutes > 0 && plural(minutes, 'Minute', 'Minuten'),
    seconds > 0 && plural(seconds, 'Sekunde', 'Sekunden'),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : 'keine Zeit';
}
