/** A legal page as it is read. Drawn on the server, too: its words are handed in. */
import type { LegalPageText } from '../../worker/contract/legal.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import type { LEGAL_EN } from '../texts/lazy/legal-en.ts';
import { LANGUAGE, TEXTS, type Worded } from '../texts/texts.ts';
import { Heading } from '../ui/heading.tsx';

export interface LegalTextProps {
  readonly legal: LegalPageText;
  readonly words: Worded<typeof LEGAL_EN>;
}

export function LegalText({ legal, words }: LegalTextProps) {
  const { locale, timeZone } = useShop();
  const { page, language, languages, html, changedAt } = legal;
  const isMissing = !languages.includes(LANGUAGE);
  return (
    <article class="narrow legal">
      <Heading>{TEXTS.legal[page]}</Heading>
      {isMissing && <p class="notice">{words.onlyIn[language]}</p>}
      {/* Made by the server, which lets no markup of the text through. */}
      <div class="legal-text" lang={language} dangerouslySetInnerHTML={{ __html: html }} />
      <p class="legal-changed">{words.changed(formatInstant(changedAt, { locale, timeZone }))}</p>
    </article>
  );
}
