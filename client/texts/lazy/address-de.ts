/** The words of where an order goes, and of what it costs with that, in German. Must hold texts only. */
import { number } from '../numbers.ts';
import type { Worded } from '../texts.ts';
import type { ADDRESS_EN } from './address-en.ts';

export const ADDRESS_DE: Worded<typeof ADDRESS_EN> = {
  title: 'Lieferadresse',
  lead: 'Wohin soll es gehen?',
  choose: 'Bitte wählen',

  country: 'Land oder Region',
  name: 'Vor- und Nachname',
  company: 'Firma',
  line1: 'Straße und Hausnummer',
  line2: 'Wohnung, Etage oder Zusatz',
  phone: 'Telefonnummer',
  phoneHint: 'Nur für Rückfragen zur Lieferung.',
  optional: (label) => `${label} (freiwillig)`,
  postalCode: {
    postal: 'Postleitzahl',
    zip: 'ZIP-Code',
    pin: 'PIN-Code',
    eircode: 'Eircode',
  },
  city: {
    city: 'Ort',
    post_town: 'Postort',
    suburb: 'Vorort',
    district: 'Stadtteil',
  },
  region: {
    province: 'Provinz',
    state: 'Bundesstaat',
    prefecture: 'Präfektur',
    department: 'Departement',
    district: 'Bezirk',
    county: 'Grafschaft',
    parish: 'Gemeinde',
    island: 'Insel',
    emirate: 'Emirat',
    area: 'Gebiet',
    oblast: 'Oblast',
    do_si: 'Provinz oder Großstadt',
  },

  faults: {
    missing: 'Bitte ausfüllen.',
    notChosen: 'Bitte wähle etwas aus.',
    postalCode: (country) => `Das ist keine Postleitzahl für ${country}.`,
    tooLong: (max) => `Höchstens ${number(max)} Zeichen.`,
    characters: 'Darin ist etwas Unsichtbares. Bitte tippe es neu.',
    notDelivered: (country) => `Dorthin wird das nicht geliefert: ${country}.`,
    other: 'Bitte prüfe das.',
  },
  check: 'In der Adresse stimmt etwas nicht. Bitte prüfe, was markiert ist.',

  keep: 'Diese Adresse fürs nächste Mal merken',
  use: 'An diese Adresse liefern',
  saved: 'Deine gemerkte Adresse',
  useSaved: 'Dorthin liefern',
  useOther: 'Andere Adresse verwenden',
  change: 'Adresse ändern',
  save: 'Adresse speichern',
  saving: 'Wird gespeichert …',
  savedNow: 'Die Adresse ist gespeichert.',
  cancel: 'So lassen, wie sie ist',
  needed: 'Sag zuerst, wohin es geht, dann siehst du, was es insgesamt kostet.',
  neededFree: 'Sag zuerst, wohin es geht, dann kannst du bestätigen.',
  missing: 'Die Adresse fehlt noch. Bitte trag sie ein, damit es verschickt werden kann.',
  fixed: 'Sobald es verschickt ist, lässt sich die Adresse nicht mehr ändern.',

  profileLead: 'Sie wird dir angeboten, wenn du etwas kaufst, das verschickt wird.',
  none: 'Es ist keine Adresse gemerkt.',
  add: 'Adresse eintragen',
  forget: 'Adresse löschen',
  forgetAsk: 'Die gemerkte Adresse löschen?',
  forgotten: 'Die Adresse ist gelöscht. Bestellungen behalten die, mit der sie gemacht wurden.',

  totals: {
    title: 'Was es kostet',
    items: 'Warenwert',
    shipping: 'Versand',
    shippingTo: (country) => `Versand nach: ${country}`,
    free: 'Kostenlos',
    taxAdded: (percent) => `Zuzüglich ${percent} Umsatzsteuer`,
    taxIncluded: (percent) => `Darin ${percent} Umsatzsteuer`,
    taxAddedUnnamed: 'Zuzüglich Umsatzsteuer',
    taxIncludedUnnamed: 'Darin Umsatzsteuer',
    total: 'Gesamtpreis',
  },

  where: {
    title: 'Lieferung',
    everywhere: 'Es wird überallhin kostenlos geliefert.',
    line: (countries, price) => `${countries}: ${price}`,
    elsewhere: 'Überall sonst',
    perOrder: 'Einmal je Bestellung.',
  },
};
