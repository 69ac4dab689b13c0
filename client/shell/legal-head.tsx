/** The head of a legal page: each of its languages has an address of its own, by which others find it. */
import type { LegalPageText } from '../../worker/contract/legal.ts';
import type { PageAsked } from '../../worker/contract/pages.ts';
import { documentTitle, TEXTS } from '../texts/texts.ts';
import { Preview } from './page-preview.tsx';

export interface LegalHeadProps extends Pick<PageAsked, 'origin' | 'path'> {
  readonly legal: LegalPageText;
}

export function LegalHead({ legal, origin, path }: LegalHeadProps) {
  const { page, language, languages } = legal;
  const title = TEXTS.legal[page];
  const description = documentTitle(title);
  const all = origin === null ? null : `${origin}${path}`;
  const addressOf = (one: string) => `${all}?language=${one}`;
  const address = all && addressOf(language);
  return (
    <>
      <title>{description}</title>
      <meta name="description" content={description} />
      {address && <link rel="canonical" href={address} />}
      {all &&
        languages.map((one) => (
          <link key={one} rel="alternate" hreflang={one} href={addressOf(one)} />
        ))}
      {all && <link rel="alternate" hreflang="x-default" href={all} />}
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
