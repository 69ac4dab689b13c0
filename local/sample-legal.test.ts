import { expect, it } from 'vitest';
import { LEGAL_PAGES } from '../worker/contract/legal.ts';
import { renderMarkdown } from '../worker/legal/markdown.ts';
import { sampleLegalTexts } from './sample-legal.ts';

it('every sample of a legal page says first that it is one, in its language', () => {
  const texts = sampleLegalTexts(Date.UTC(2026, 10, 30));
  expect(texts.map(({ page, language }) => `${page}/${language}`)).toEqual(
    LEGAL_PAGES.flatMap((page) => [`${page}/en`, `${page}/de`]),
  );
  for (const { language, text } of texts) {
    const first = language === 'en' ? 'This is a sample' : 'Das ist ein Muster';
    expect(renderMarkdown(text)).toMatch(new RegExp(`^<p><strong>${first}`));
  }
});
