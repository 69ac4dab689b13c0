/** `/events/:id/report`, as the Worker draws it: the browser leaves it as it is, and needs no script for it. */
import { isolated } from '../format/direction.ts';
import { Heading } from '../ui/heading.tsx';
import type { ReportViewProps } from './report-part.tsx';
import { ReportView } from './report-view.tsx';

export interface ReportPageProps extends ReportViewProps {
  /** The page's public address; null where the shop knows none. */
  readonly address: string | null;
}

export function ReportPage({ report, words, address }: ReportPageProps) {
  const { id, title } = report;
  const { files } = words;
  const path = `/api/v1/events/${id}/report`;
  return (
    <article class="sale-report">
      <p class="back">
        <a href={`/events/${id}`}>{words.back}</a>
      </p>
      <Heading>{words.title(isolated(title))}</Heading>
      <ReportView report={report} words={words} />
      <section class="report-section" aria-labelledby="report-files">
        <h2 id="report-files">{files.title}</h2>
        <ul class="report-files">
          <li>
            <a href={`${path}.csv`}>{files.csv}</a>
          </li>
          <li>
            <a href={path}>{files.json}</a>
          </li>
          <li>
            {files.link}:{' '}
            <a href={address ?? `/events/${id}/report`}>{address ?? `/events/${id}/report`}</a>
          </li>
        </ul>
      </section>
    </article>
  );
}
