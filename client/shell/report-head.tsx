/** The head of a report: what previews of its address show, with a picture that another Worker draws. */
import type { PageAsked } from '../../worker/contract/pages.ts';
import type { Report } from '../../worker/contract/report.ts';
import { isolated } from '../format/direction.ts';
import { summaryOf } from '../report/report-view.tsx';
import type { ReportWords } from '../report/report-words.ts';
import { documentTitle, LANGUAGE } from '../texts/texts.ts';
import { Preview } from './page-preview.tsx';

/** As the previews' Worker draws them. */
const PICTURE = { type: 'image/png', width: 1_200, height: 630 } as const;

export interface ReportHeadProps extends Pick<PageAsked, 'origin' | 'path' | 'previews'> {
  readonly report: Report;
  readonly words: ReportWords;
}

export function ReportHead({ report, words, origin, path, previews }: ReportHeadProps) {
  const title = words.title(isolated(report.title));
  const description = summaryOf(report, words);
  const address = origin === null ? null : `${origin}${path}`;
  const url = previews && `${previews}/reports/${report.id}/${LANGUAGE}.png`;
  return (
    <>
      <title>{documentTitle(title)}</title>
      <meta name="description" content={description} />
      {address && <link rel="canonical" href={address} />}
      <link rel="stylesheet" href="/report.css" />
      <link rel="alternate" type="application/json" href={`/api/v1/events/${report.id}/report`} />
      <Preview
        title={title}
        description={description}
        address={address}
        origin={origin}
        items={[]}
        picture={url ? { ...PICTURE, url, alt: description } : undefined}
      />
    </>
  );
}
