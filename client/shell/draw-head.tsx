/** The head of a draw's page. Must not draw what is seen. */
import type { DrawPageData, PageAsked } from '../../worker/contract/pages.ts';
import { titleOf } from '../draw/draw-view.tsx';
import { DRAW_TEXTS } from '../draw/texts/texts.ts';
import { BRAND, documentTitle } from '../texts/texts.ts';
import { Preview } from './page-preview.tsx';

export interface DrawHeadProps extends Pick<PageAsked, 'origin' | 'path'> {
  readonly data: DrawPageData;
}

export function DrawHead({ data, origin, path }: DrawHeadProps) {
  const { event } = data;
  const title = titleOf(event);
  const description = DRAW_TEXTS.description(event?.title ?? BRAND);
  const address = origin === null ? null : `${origin}${path}`;
  return (
    <>
      <title>{documentTitle(title)}</title>
      <meta name="description" content={description} />
      {address && <link rel="canonical" href={address} />}
      <Preview
        title={title}
        description={description}
        address={address}
        origin={origin}
        items={[]}
      />
    </>
  );
}
