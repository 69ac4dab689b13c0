/** A report's charts: parts of a whole as one bar, and counts as bars in a table. No script, no style of their own. */
import { useId } from 'preact/hooks';
import { number, percent } from '../texts/numbers.ts';
import type { ReportWords } from './report-words.ts';

export interface Part {
  readonly label: string;
  readonly count: number;
}

const WIDTH = 1_000;
const HEIGHT = 100;

export interface PartsProps {
  readonly parts: readonly Part[];
  /** What a screen reader says in place of the bar, given its parts. */
  label(parts: string): string;
}

/** One bar; its colours are those of the rows of the table beneath, in their order. */
export function PartsBar({ parts, label }: PartsProps) {
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  const spoken = parts
    .filter(({ count }) => count > 0)
    .map(({ label: name, count }) => `${name} ${number(count)}`)
    .join(', ');
  let before = 0;
  return (
    <svg
      class="report-bar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label(spoken)}
    >
      {parts.map(({ label: name, count }, n) => {
        const x = (before / all) * WIDTH;
        before += count;
        const width = (count / all) * WIDTH;
        return count > 0 ? (
          <rect key={name} class={`report-part-${n}`} x={x} y={0} width={width} height={HEIGHT} />
        ) : null;
      })}
    </svg>
  );
}

export interface CountsProps {
  readonly caption: string;
  readonly parts: readonly Part[];
  readonly words: ReportWords;
  /** What they are shares of; without it no share is shown. */
  readonly of?: number;
  /** With a bar in each row, or with the colours of the PartsBar above. */
  readonly marks?: 'bars' | 'colours';
}

/** The counts as a table. A bar says nothing that its row does not say in digits. */
export function CountsTable({ caption, parts, words, of, marks }: CountsProps) {
  const id = useId();
  const most = Math.max(1, ...parts.map(({ count }) => count));
  return (
    <table class="report-table" aria-labelledby={id}>
      <caption class="visually-hidden" id={id}>
        {caption}
      </caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{words.figure}</th>
          <th scope="col">{words.count}</th>
          {of !== undefined && <th scope="col">{words.share}</th>}
        </tr>
      </thead>
      <tbody>
        {parts.map(({ label, count }, n) => (
          <tr key={label}>
            <th scope="row">
              {marks === 'colours' && <Swatch n={n} />}
              {label}
              {marks === 'bars' && <Bar share={count / most} />}
            </th>
            <td>{number(count)}</td>
            {of !== undefined && <td>{of === 0 ? '–' : percent(count / of)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Swatch({ n }: { n: number }) {
  return (
    <svg class="report-swatch" viewBox="0 0 10 10" aria-hidden="true">
      <rect class={`report-part-${n}`} width="10" height="10" rx="2" />
    </svg>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <svg class="report-row-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="report-part-0" width={Math.max(share * 100, share > 0 ? 0.5 : 0)} height="4" />
    </svg>
  );
}
