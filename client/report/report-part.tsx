/** A part of a report: its title, its figures, and what they were counted from. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { CountedFrom, Report } from '../../worker/contract/report.ts';
import type { Part } from './report-bars.tsx';
import { type ReportWords, sourceText } from './report-words.ts';

export interface ReportViewProps {
  readonly report: Report;
  readonly words: ReportWords;
}

export interface ReportPartProps {
  readonly title: string;
  readonly from: CountedFrom;
  readonly words: ReportWords;
  readonly children: ComponentChildren;
}

export function ReportPart({ title, from, words, children }: ReportPartProps) {
  const id = useId();
  return (
    <section class="report-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
      <p class="report-source">{sourceText(from, words)}</p>
    </section>
  );
}

export function partsOf<Name extends string>(
  counts: Readonly<Record<Name, number>>,
  labels: Readonly<Record<Name, string>>,
  names: readonly Name[],
): Part[] {
  return names.map((name) => ({ label: labels[name], count: counts[name] }));
}
