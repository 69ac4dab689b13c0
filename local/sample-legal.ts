/** Legal pages of a sample shop, which say that they are samples: nobody may take them for real ones. */
import type { Language } from '../worker/contract/languages.ts';
import { LEGAL_PAGES, type LegalPage } from '../worker/contract/legal.ts';

const TITLES: Record<Language, Record<LegalPage, string>> = {
  en: {
    imprint: 'who runs the shop and how to reach them',
    terms: 'what a customer and the shop agree on',
    privacy: 'what is kept of whom, why and for how long',
    returns: 'how an order is withdrawn from and sent back',
  },
  de: {
    imprint: 'wer den Shop betreibt und wie man ihn erreicht',
    terms: 'was Kundschaft und Shop miteinander vereinbaren',
    privacy: 'was von wem wozu und wie lange gespeichert wird',
    returns: 'wie man eine Bestellung widerruft und zurückschickt',
  },
};

const TEXTS: Record<Language, (about: string) => string> = {
  en: (about) => `**This is a sample and applies to nothing.**

## What belongs here

Here stands ${about}. Whoever opens a shop has it written by somebody who knows the law of their country,
and puts it in place of this text at [/admin/legal](/admin/legal).`,
  de: (about) => `**Das ist ein Muster und gilt für nichts.**

## Was hierher gehört

Hier steht, ${about}. Wer einen Shop eröffnet, lässt das von jemandem schreiben, der das Recht des Landes kennt,
und setzt es unter [/admin/legal](/admin/legal) an die Stelle dieses Textes.`,
};

/** Each page in each language, as rows of the database. */
export function sampleLegalTexts(nowMs: number) {
  const languages = Object.keys(TEXTS) as Language[];
  return LEGAL_PAGES.flatMap((page) =>
    languages.map((language) => ({
      page,
      language,
      // A line break stays one on the page.
      text: TEXTS[language](TITLES[language][page]).replaceAll(/(?<=\S)\n(?=\S)/g, ' '),
      version: 1,
      changedAt: new Date(nowMs),
    })),
  );
}
