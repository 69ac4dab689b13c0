/** Of a report: who waited, how far the queue was served, and how long it took. */
import type { Report } from '../../worker/contract/report.ts';
import { itemTitle } from '../format/item-title.ts';
import { number } from '../texts/numbers.ts';
import { CountsTable } from './report-bars.tsx';
import { partsOf, ReportPart, type ReportViewProps } from './report-part.tsx';
import { durationText, type ReportWords, reasonText } from './report-words.ts';

/** Nothing where nobody ever waited. */
export function QueueParts({ report, words }: ReportViewProps) {
  const { entries, waiting, items } = report;
  if (entries.made === 0) return null;
  const parts = [
    ...partsOf(entries, words.entries, ['made', 'offered', 'confirmed', 'waiting', 'left']),
    ...entries.skipped.map(({ reason, count }) => ({
      label: words.entries.skipped(reasonText(reason, words)),
      count,
    })),
  ];
  return (
    <>
      <ReportPart title={words.entries.title} from="entries" words={words}>
        {items
          .filter(({ entries: { made } }) => made > 0)
          .map((item) => (
            <p key={item.eventItemId}>
              {items.length > 1 && <b dir="auto">{itemTitle(item.name, item.variantLabel)}: </b>}
              {servedText(item, words)}
            </p>
          ))}
        <CountsTable
          caption={words.entries.title}
          parts={parts}
          of={entries.made}
          marks="bars"
          words={words}
        />
      </ReportPart>
      {entries.offered > 0 && (
        <ReportPart title={words.waiting.title} from="waiting" words={words}>
          <Times waiting={waiting} words={words} />
          <CountsTable
            caption={words.waiting.title}
            parts={waiting.classes.map(({ underSeconds, count }) => ({
              label: classText(underSeconds, words),
              count,
            }))}
            of={entries.offered}
            marks="bars"
            words={words}
          />
        </ReportPart>
      )}
    </>
  );
}

function servedText({ entries }: Report['items'][number], words: ReportWords): string {
  const { servedRank, lastRank } = entries;
  if (servedRank === 0) return words.entries.notServed;
  return words.entries.served(number(servedRank), number(lastRank));
}

function Times({ waiting, words }: { waiting: Report['waiting']; words: ReportWords }) {
  const times = [
    [words.waiting.median, waiting.medianMs],
    [words.waiting.p90, waiting.p90Ms],
    [words.waiting.longest, waiting.longestMs],
  ] as const;
  return (
    <dl class="report-times">
      {times.map(([label, ms]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{ms === null ? '–' : durationText(ms, words)}</dd>
        </div>
      ))}
    </dl>
  );
}

function classText(underSeconds: number | null, words: ReportWords): string {
  if (underSeconds === null) return words.waiting.longer;
  return words.waiting.under(durationText(underSeconds * 1_000, words));
}
