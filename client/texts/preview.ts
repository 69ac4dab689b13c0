/** What the page of a draft says of itself: drawn by the Worker, and so no part of what a browser loads. */
import type { Language } from './language.ts';

interface PreviewWords {
  readonly title: string;
  readonly body: (until: string) => string;
  readonly endedTitle: string;
  readonly endedBody: string;
}

export const PREVIEW: Readonly<Record<Language, PreviewWords>> = {
  en: {
    title: 'Preview: nobody else sees this',
    body: (until) =>
      `Only people with this link see it. It works until ${until}. This page stands still: its buttons do nothing, and nothing can be bought here.`,
    endedTitle: 'This preview does not work any more',
    endedBody: 'The link has run out, or the event was deleted. Ask for a new link.',
  },
  de: {
    title: 'Vorschau: Niemand sonst sieht das',
    body: (until) =>
      `Nur wer diesen Link hat, sieht es. Er gilt bis ${until}. Diese Seite steht still: Ihre Knöpfe tun nichts, und hier kann nichts gekauft werden.`,
    endedTitle: 'Diese Vorschau geht nicht mehr',
    endedBody: 'Der Link ist abgelaufen, oder das Event wurde gelöscht. Bitte um einen neuen Link.',
  },
};
