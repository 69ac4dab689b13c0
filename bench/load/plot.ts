/** Plots as SVG text, coloured by the page's style sheet. Must not know what is plotted. */

export interface Series {
  name: string;
  /** In growing x. */
  points: [x: number, y: number][];
}

export interface LinePlot {
  title: string;
  xUnit: string;
  series: Series[];
}

export interface Bar {
  name: string;
  value: number;
  isError: boolean;
}

interface Words {
  words: string;
  anchor?: 'start' | 'middle' | 'end';
  kind?: 'label' | 'title';
}

const WIDTH = 720;
const HEIGHT = 240;
const LEFT = 56;
const RIGHT = 12;
const TOP = 28;
const BOTTOM = 40;
const TICKS_WANTED = 5;
const BAR_HEIGHT = 22;
const BAR_LABEL_WIDTH = 190;
const BAR_VALUE_WIDTH = 70;
const TEXT_DROP = 4;
/** Of each series: seven have room. */
const LEGEND_WIDTH = 92;

export function linePlot({ title, xUnit, series }: LinePlot): string {
  const points = series.flatMap((one) => one.points);
  if (points.length === 0)
    return framed(title, HEIGHT, text(LEFT, HEIGHT / 2, { words: 'nothing to show' }));
  const xs = points.map(([x]) => x);
  const [xMin, xMax] = [least(xs), most(xs)];
  const yMax = most(points.map(([, y]) => y)) || 1;
  const xTo = (x: number): number =>
    LEFT + ((x - xMin) / (xMax - xMin || 1)) * (WIDTH - LEFT - RIGHT);
  const yTo = (y: number): number => HEIGHT - BOTTOM - (y / yMax) * (HEIGHT - TOP - BOTTOM);
  const grid = [
    ...ticks(0, yMax).map((y) => {
      const at = yTo(y).toFixed(1);
      const line = `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/>`;
      return line + text(LEFT - 6, yTo(y) + TEXT_DROP, { words: short(y), anchor: 'end' });
    }),
    ...ticks(xMin, xMax).map((x) =>
      text(xTo(x), HEIGHT - BOTTOM + 16, { words: `${short(x)} ${xUnit}`, anchor: 'middle' }),
    ),
  ];
  const lines = series.map((one, n) => {
    const path = one.points.map(([x, y]) => `${xTo(x).toFixed(1)},${yTo(y).toFixed(1)}`).join(' ');
    return `<polyline class="line s${n}" points="${path}"/>`;
  });
  const legend = series.map(({ name }, n) => {
    const x = LEFT + n * LEGEND_WIDTH;
    const dot = `<rect class="fill s${n}" x="${x}" y="${HEIGHT - 14}" width="10" height="10"/>`;
    return dot + text(x + 15, HEIGHT - 5, { words: name });
  });
  return framed(title, HEIGHT, [...grid, ...lines, ...legend].join('\n'));
}

export function barPlot(title: string, bars: Bar[]): string {
  const longest = most(bars.map(({ value }) => value)) || 1;
  const room = WIDTH - BAR_LABEL_WIDTH - BAR_VALUE_WIDTH;
  const drawn = bars.map(({ name, value, isError }, n) => {
    const y = TOP + n * BAR_HEIGHT;
    const width = ((value / longest) * room).toFixed(1);
    const middle = y + BAR_HEIGHT / 2 + TEXT_DROP;
    return [
      text(BAR_LABEL_WIDTH - 8, middle, { words: name, anchor: 'end' }),
      `<rect class="fill ${isError ? 'bad' : 's0'}" x="${BAR_LABEL_WIDTH}" y="${y + 3}" width="${width}" height="${BAR_HEIGHT - 6}"/>`,
      text(BAR_LABEL_WIDTH + Number(width) + 6, middle, { words: value.toLocaleString('en') }),
    ].join('');
  });
  return framed(title, TOP + bars.length * BAR_HEIGHT + 8, drawn.join('\n'));
}

export function escapeText(raw: string): string {
  return raw.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Round numbers from one value to another, both of them within. */
export function ticks(min: number, max: number): number[] {
  const rough = (max - min) / TICKS_WANTED || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((one) => one >= rough) ?? rough;
  const first = Math.ceil(min / step);
  const count = Math.floor(max / step) - first + 1;
  return Array.from({ length: count }, (_, n) => (first + n) * step);
}

function framed(title: string, height: number, inside: string): string {
  const name = escapeText(title);
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${name}">
${text(0, 14, { words: title, kind: 'title' })}
${inside}
</svg>`;
}

function text(x: number, y: number, { words, anchor = 'start', kind = 'label' }: Words): string {
  const at = `x="${x.toFixed(1)}" y="${y.toFixed(1)}"`;
  return `<text class="${kind}" ${at} text-anchor="${anchor}">${escapeText(words)}</text>`;
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 });
}

/** Of very many values, which Math.min takes as arguments only so far. */
function least(values: number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(values: number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
