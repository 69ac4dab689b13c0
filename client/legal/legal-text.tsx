/** A legal page as it is read. Drawn on the server, too: its words are handed in. */
import type { ComponentChildren } from 'preact';
import type { LegalPage, LegalPageText } from '../../worker/contract/legal.ts';
import { useShop } from '../shop/shop.ts';
import type { LEGAL_EN } from '../texts/lazy/legal-en.ts';
import { LANGUAGE, TEXTS, type Worded } from '../texts/texts.ts';
import { Heading } from '../ui/heading.tsx';

type LegalWords = Worded<typeof LEGAL_EN>;

export interface LegalTextProps {
  readonly page: LegalPage;
  /** Null while it is not here: the heading is, and can take the focus. */
  readonly legal: LegalPageText | null;
  readonly words: LegalWords;
  readonly children?: ComponentChildren;
}

export function LegalText({ page, legal, words, children }: LegalTextProps) {
  return (
    <article class="narrow legal">
      <Heading>{TEXTS.legal[page]}</Heading>
      {legal && <Body legal={legal} words={words} />}
      {children}
    </article>
  );
}

function Body({ legal, words }: { legal: LegalPageText; words: LegalWords }) {
  const { locale, timeZone } = useShop();
  const { language, languages, html, changedAt } = legal;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...(timeZone && { timeZone }) });
  return (
    <>
      {!languages.includes(LANGUAGE) && <p class="notice">{words.onlyIn[language]}</p>}
      {/* Made by the server, which lets no markup of the text through. */}
      <div class="legal-text" lang={language} dangerouslySetInnerHTML={{ __html: html }} />
      <p class="legal-changed">{words.changed(day.format(new Date(changedAt)))}</p>
    </>
  );
}
