/** How many entered a draw over time, as bars and in digits: drawn by the server too. Must not ask for anything. */
import type { DrawCounts } from '../../worker/contract/draw.ts';
import { useShop } from '../shop/shop.ts';
import { number } from '../texts/numbers.ts';
import { DRAW_TEXTS } from './texts/texts.ts';

const BAR = 10;
const GAP = 2;
const HEIGHT = 100;
/** What is there can be seen, however little it is. */
const BAR_HEIGHT_MIN = 2;

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

export function DrawCountsChart({ counts }: { counts: DrawCounts }) {
  const { locale, timeZone } = useShop();
  const { from, stepSeconds, entered, left } = counts;
  const { countsTitle, counts: texts } = DRAW_TEXTS;
  const stepMs = stepSeconds * 1_000;
  const fromMs = Date.parse(from);
  const toMs = fromMs + entered.length * stepMs;
  const timeOf = (ms: number) =>
    new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
      ...(stepSeconds < 60 && { second: '2-digit' }),
      ...(timeZone && { timeZone }),
    }).format(ms);
  const most = Math.max(...entered);
  const mostAtMs = fromMs + entered.indexOf(most) * stepMs;
  const step = durationOf(stepSeconds, locale);
  return (
    <section aria-labelledby="draw-counts">
      <h2 id="draw-counts">{countsTitle}</h2>
      <p>{texts.lead}</p>
      <figure class="draw-counts">
        <figcaption>
          {texts.most(most, timeOf(mostAtMs))} {texts.step(step)}
        </figcaption>
        {/* All of it stands in the caption and in the table. */}
        <Bars entered={entered} left={left} />
        <div class="draw-counts-axis" aria-hidden="true">
          <span>{timeOf(fromMs)}</span>
          <span>{timeOf(toMs)}</span>
        </div>
        {left.some((count) => count > 0) && <p class="draw-counts-note">{texts.below}</p>}
      </figure>
      <details>
        <summary>{texts.inDigits}</summary>
        <table class="draw-counts-table">
          <caption class="visually-hidden">{countsTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.begin}</th>
              <th scope="col">{texts.entered}</th>
              <th scope="col">{texts.left}</th>
            </tr>
          </thead>
          <tbody>
            {entered.map((count, index) => {
              const gone = left[index] ?? 0;
              const atMs = fromMs + index * stepMs;
              return count + gone === 0 ? null : (
                <tr key={atMs}>
                  <th scope="row">{timeOf(atMs)}</th>
                  <td>{number(count)}</td>
                  <td>{number(gone)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </details>
    </section>
  );
}

/** Who entered above the line, who left beneath it, both by one scale. */
function Bars({ entered, left }: Pick<DrawCounts, 'entered' | 'left'>) {
  const above = Math.max(...entered);
  const beneath = Math.max(...left);
  const unit = HEIGHT / Math.max(1, above + beneath);
  const lineY = Math.min(above * unit, HEIGHT - (beneath > 0 ? BAR_HEIGHT_MIN : 0));
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(BAR_HEIGHT_MIN, count * unit));
  const width = entered.length * BAR;
  return (
    <svg
      class="draw-counts-bars"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {entered.map((count, index) => {
        const [up, down] = [heightOf(count), heightOf(left[index] ?? 0)];
        const x = index * BAR + GAP / 2;
        return (
          // Each bar has its place for good.
          <g key={index}>
            {up > 0 && (
              <rect class="draw-count" x={x} y={lineY - up} width={BAR - GAP} height={up} />
            )}
            {down > 0 && (
              <rect class="draw-count-left" x={x} y={lineY} width={BAR - GAP} height={down} />
            )}
          </g>
        );
      })}
      <line x1={0} x2={width} y1={lineY} y2={lineY} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

/** `5 minutes`, `1 day`. */
function durationOf(seconds: number, locale: string): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? (['second', 1] as const);
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(seconds / size);
}
