/** What a picture of a report says, in both languages. Holds texts only. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Words {
  locale: string;
  report: string;
  soldAtOnce: string;
  soldAfterComingBack: string;
  held: string;
  neverSold: string;
  units: string;
  soldOutAfter: string;
  notSoldOut: string;
  notSoldOutLabel: string;
  entries: string;
  cancelled: string;
  lasting: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
}

export const WORDS: Record<Language, Words> = {
  en: {
    locale: 'en-GB',
    report: 'Report',
    soldAtOnce: 'Sold at once',
    soldAfterComingBack: 'Sold after coming back',
    held: 'Still on hold',
    neverSold: 'Never sold',
    units: 'units',
    soldOutAfter: 'until sold out',
    notSoldOut: 'Not sold out',
    notSoldOutLabel: 'units were free all the time',
    entries: 'entries in the queue',
    cancelled: 'Cancelled: all units were given back',
    lasting: 'Not final yet',
    day: 'd',
    hour: 'h',
    minute: 'min',
    second: 's',
  },
  de: {
    locale: 'de-DE',
    report: 'Bericht',
    soldAtOnce: 'Sofort verkauft',
    soldAfterComingBack: 'Nach Rückkehr verkauft',
    held: 'Noch reserviert',
    neverSold: 'Nie verkauft',
    units: 'Stücke',
    soldOutAfter: 'bis zum Ausverkauf',
    notSoldOut: 'Nicht ausverkauft',
    notSoldOutLabel: 'es waren immer Stücke frei',
    entries: 'in der Warteschlange',
    cancelled: 'Abgesagt: Alle Stücke gingen zurück',
    lasting: 'Noch nicht endgültig',
    day: 'T.',
    hour: 'Std.',
    minute: 'Min.',
    second: 'Sek.',
  },
};
