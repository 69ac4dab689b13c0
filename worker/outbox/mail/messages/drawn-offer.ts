/** What an offer's mail says of the draw that it came from, in each language. Pure. */
import type { Language } from '../../../contract/languages.ts';
import type { Block, MailFacts } from './message.ts';

const WORDS: Record<Language, Record<'told' | 'number' | 'head' | 'page', string>> = {
  en: {
    told: 'You were drawn. Anybody can check the draw, and that you are in it:',
    number: 'Your number in the list',
    head: 'Head of the list then',
    page: 'The draw',
  },
  de: {
    told: 'Du wurdest ausgelost. Jeder kann die Auslosung nachprüfen, und dass du dabei bist:',
    number: 'Deine Nummer in der Liste',
    head: 'Kopf der Liste damals',
    page: 'Die Auslosung',
  },
};

/** Nothing where nothing was drawn. */
export function drawnOffer(draw: MailFacts['mail.your_turn']['draw'], language: Language): Block[] {
  if (draw === null) return [];
  const { told, number, head, page } = WORDS[language];
  return [
    { text: told },
    {
      facts: [
        [number, String(draw.seq)],
        [head, draw.head],
        [page, draw.link],
      ],
    },
  ];
}
