/** What a page says where no script runs: drawn by the Worker, and so no part of what a browser loads. */
import type { Language } from './language.ts';

export const NO_SCRIPT: Readonly<Record<Language, string>> = {
  en: 'Without JavaScript this page stays as it was when it arrived, and nothing can be bought.',
  de: 'Ohne JavaScript bleibt diese Seite, wie sie ankam, und es kann nichts gekauft werden.',
};
