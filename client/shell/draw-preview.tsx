/** The page of a draft as HTML, with the word that it is one. Must not say it to search engines. */
import { renderToString } from 'preact-render-to-string';
import type { DrawPreview, PreviewAsked } from '../../worker/contract/pages.ts';
import { exactTime } from '../format/exact-time.ts';
import { PREVIEW } from '../texts/preview.ts';
import { documentTitle, LANGUAGE } from '../texts/texts.ts';
import { drawPage } from './draw-page.tsx';

export const drawPreview: DrawPreview = (asked) => {
  const drawn = drawPage(asked);
  // The language is the one in which the page was just drawn.
  return {
    ...drawn,
    head: renderToString(<PreviewHead />),
    body: renderToString(<PreviewNote {...asked} />) + drawn.body,
  };
};

/** Nothing of the draft itself, which a link that is pasted somewhere would show. */
function PreviewHead() {
  return (
    <>
      <title>{documentTitle(PREVIEW[LANGUAGE].title)}</title>
      <meta name="robots" content="noindex" />
    </>
  );
}

function PreviewNote({ until, reader, timeZone }: PreviewAsked) {
  const words = PREVIEW[LANGUAGE];
  const title = until === null ? words.endedTitle : words.title;
  return (
    <aside class="notice" aria-label={title}>
      <p class="notice-title">{title}</p>
      <p>
        {until === null ? words.endedBody : words.body(exactTime(until, reader.locale, timeZone))}
      </p>
    </aside>
  );
}
