/** What admins read of where orders go, and of what that costs, in German. Must hold texts only. */
import { number } from '../../texts/numbers.ts';
import type { Worded } from '../../texts/texts.ts';
import type { DELIVERY_EN } from './delivery-en.ts';

export const DELIVERY_DE: Worded<typeof DELIVERY_EN> = {
  needsAddress: 'Nach einer Lieferadresse fragen',
  shipping: 'Was die Lieferung kostet',
  deliveries: {
    title: 'Lieferung',
    addressHint:
      'Wer ein Stück reserviert hat, sagt vor dem Bezahlen oder Bestätigen, wohin es geht.',
    shippingHint:
      'Einmal je Bestellung, was auch immer darin ist. Ohne Gruppe wird überallhin kostenlos geliefert, mit Gruppen nur dorthin, wo eine es sagt.',
    group: (n) => `Gruppe ${number(n)}`,
    elsewhere: 'Überall sonst',
    countries: 'Land hinzufügen',
    pick: 'Land wählen …',
    allThere: 'Jedes Land ist in einer Gruppe.',
    addEu: 'Länder der EU hinzufügen',
    removeCountry: (country) => `${country} entfernen`,
    price: (currency) => `Preis in ${currency}`,
    addGroup: 'Gruppe von Ländern hinzufügen',
    addElsewhere: 'Überall sonst hinzufügen',
    removeGroup: (name) => `${name} entfernen`,
    free: 'kostenlos',
    line: (countries, price) => `${countries}: ${price}`,
    countryCount: (count) => `${number(count)} Länder`,
  },
  address: {
    missing: 'Adresse fehlt',
    missingNote: 'Die Kundin oder der Kunde hat noch nicht gesagt, wohin es geht.',
    erased: 'Es gibt keine Adresse mehr.',
    copy: 'Adresse kopieren',
    copied: 'Kopiert.',
    notCopied: 'Dein Browser erlaubt das nicht. Markiere die Adresse stattdessen.',
    correct: 'Berichtigen',
    enter: 'Adresse eintragen',
    save: 'Adresse speichern',
    saved: 'Die Adresse ist berichtigt.',
    fixed:
      'Die Bestellung wurde verschickt, darum wird ihre Adresse nicht mehr berichtigt. Mit „Doch nicht verschickt“ weiter unten geht es wieder.',
    sentAlready:
      'Die Bestellung wurde schon verschickt: Nimm das erst zurück, falls es nicht so ist.',
  },
};
