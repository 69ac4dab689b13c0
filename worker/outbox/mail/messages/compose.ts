/** A mail's subject, text and HTML from what it is about. Pure. */
import type { Language } from '../../../contract/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { MailFacts, MailKind, MailTexts, Shop } from './message.ts';
import { type Message, render } from './render.ts';

const TEXTS: Record<Language, MailTexts> = { en, de };

export function compose<Kind extends MailKind>(
  kind: Kind,
  facts: MailFacts[Kind],
  { shop, language }: { shop: Shop; language: Language },
): Message {
  return render(TEXTS[language][kind](facts, shop), shop, language);
}
