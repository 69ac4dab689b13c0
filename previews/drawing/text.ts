/** Lines of text made of strokes: measured, cut to fit, drawn. Whatever it is given is drawn, or replaced visibly. */
import type { Canvas, Point, Stroke } from './canvas.ts';
import { LETTERS, type Letter, SPACE_WIDTH, UNKNOWN } from './letters.ts';
import { strokesIn } from './paths.ts';
import { ACCENTS_ABOVE, ACCENTS_BELOW, SIGNS } from './signs.ts';

const CAPITAL_HEIGHT = 20;
const SMALL_HEIGHT = 14;
/** Between the edges of two letters' strokes, in the letters' own measure. */
const GAP = 2.4;
/** Of a letter with an accent: an accent is wider than an i. */
const ACCENTED_WIDTH_MIN = 6;
/** Of a longer text no more than this is looked at: no line has room for it. */
const CHARS_MAX = 300;
/** Accents of one letter; what is piled higher would reach into the line above. */
const ACCENTS_MAX = 2;
const TALL = /[\p{Lu}bdfhkltßðþłđ\d]/u;
const CUT = '…';
/** Between the parts of one emoji, which is replaced once. */
const JOINER = '\u200d';
/** How much higher a second accent is. */
const ACCENT_STEP = 5;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

export interface Style {
  /** Of capitals, in pixels. */
  height: number;
  /** Of a stroke, as a share of that height. */
  weight: number;
}

interface Glyph {
  width: number;
  strokes: readonly Stroke[];
}

/** In one line, without what is not seen: control characters, directions, spaces of no width. */
export function plainText(text: string): string {
  return text
    .slice(0, CHARS_MAX)
    .normalize('NFC')
    .replaceAll(/[\s\p{Z}]+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, (one) =>
      one === JOINER ? one : '',
    )
    .trim();
}

/** From the first stroke's outer edge to the last one's, in pixels. */
export function widthOf(text: string, style: Style): number {
  return pixelsOf(unitsOf(text, style), style);
}

/** The text, or its start with an ellipsis, so that it is no wider than that. */
export function cutToFit(text: string, style: Style, widthMax: number): string {
  if (widthOf(text, style) <= widthMax) return text;
  let units = unitsOf(CUT, style);
  let start = '';
  for (const cluster of clustersOf(text)) {
    units += unitsOf(cluster, style);
    if (pixelsOf(units, style) > widthMax) break;
    start += cluster;
  }
  return start.trimEnd() + CUT;
}

/** Up to so many lines, broken between words; the last one is cut, and so is a word that is wider than a line. */
export function linesOf(
  text: string,
  style: Style,
  { widthMax, linesMax }: { widthMax: number; linesMax: number },
): string[] {
  const lines: string[] = [];
  const words = text.split(' ');
  while (words.length > 0 && lines.length < linesMax - 1) {
    let units = unitsOf(words[0] ?? '', style);
    let taken = 1;
    for (; taken < words.length; taken++) {
      units += unitsOf(` ${words[taken]}`, style);
      if (pixelsOf(units, style) > widthMax) break;
    }
    // The rest of a word that is too wide would look like the next word.
    lines.push(cutToFit(words.splice(0, taken).join(' '), style, widthMax));
  }
  return words.length === 0 ? lines : [...lines, cutToFit(words.join(' '), style, widthMax)];
}

/** @param at the left end of the baseline. */
export function drawText<Name extends string>(
  canvas: Canvas<Name>,
  text: string,
  { colour, at, style }: { colour: Name; at: Point; style: Style },
): void {
  const scale = scaleOf(style);
  const thickness = style.height * style.weight;
  let left = at.x + thickness / 2;
  for (const { width, strokes } of glyphsOf(text)) {
    const placed = ({ x, y }: Point) => ({ x: left + x * scale, y: at.y - y * scale });
    for (const { from, to } of strokes) {
      canvas.stroke(colour, { from: placed(from), to: placed(to) }, thickness);
    }
    left += (width + gapOf(style)) * scale;
  }
}

function scaleOf({ height }: Style): number {
  return height / CAPITAL_HEIGHT;
}

/** In the letters' own measure, with a gap behind each. */
function unitsOf(text: string, style: Style): number {
  return glyphsOf(text).reduce((sum, { width }) => sum + width + gapOf(style), 0);
}

function pixelsOf(units: number, style: Style): number {
  return Math.max(0, units - gapOf(style)) * scaleOf(style) + style.height * style.weight;
}

/** From the middle of a stroke to that of the next letter's. */
function gapOf({ weight }: Style): number {
  return GAP + CAPITAL_HEIGHT * weight;
}

function clustersOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

function glyphsOf(text: string): Glyph[] {
  return clustersOf(text).flatMap((cluster) => {
    const exact = glyphOf(cluster);
    if (exact !== undefined) return [exact];
    // What only looks different, such as a bold letter of mathematics or an ff in one piece.
    const likes = clustersOf(cluster.normalize('NFKD')).map(glyphOf);
    return likes.some((like) => like === undefined)
      ? [glyphFrom(UNKNOWN)]
      : likes.filter((like) => like !== undefined);
  });
}

/** Of a letter with its accents; undefined where one of them is not known. */
function glyphOf(cluster: string): Glyph | undefined {
  if (cluster === ' ') return { width: SPACE_WIDTH, strokes: [] };
  const whole = letterOf(cluster);
  if (whole !== undefined) return glyphFrom(whole);
  const [base = '', ...accents] = cluster.normalize('NFD');
  const drawn = base === 'i' || base === 'j' ? withoutDot(base, accents) : base;
  const letter = letterOf(drawn);
  if (letter === undefined || accents.length > ACCENTS_MAX) return undefined;
  const top = TALL.test(drawn) ? CAPITAL_HEIGHT : SMALL_HEIGHT;
  const width = Math.max(ACCENTED_WIDTH_MIN, letter[0]);
  const middle = width / 2;
  const moved = strokesIn(letter[1]).map((stroke) => shifted(stroke, middle - letter[0] / 2, 0));
  const strokes = accents.map((accent, place) =>
    accentOf(accent, { x: middle, y: top + place * ACCENT_STEP }),
  );
  if (strokes.some((one) => one === undefined)) return undefined;
  const known = strokes.filter((one) => one !== undefined).flat();
  return { width, strokes: [...moved, ...known] };
}

function withoutDot(base: string, accents: string[]): string {
  return base === 'i' && accents.some((accent) => ACCENTS_ABOVE.has(accent)) ? 'ı' : base;
}

function accentOf(accent: string, { x, y }: Point): Stroke[] | undefined {
  const above = ACCENTS_ABOVE.get(accent);
  const path = above ?? ACCENTS_BELOW.get(accent);
  if (path === undefined) return undefined;
  const dy = above === undefined ? 0 : y;
  return strokesIn(path).map((stroke) => shifted(stroke, x, dy));
}

function shifted({ from, to }: Stroke, dx: number, dy: number): Stroke {
  return { from: { x: from.x + dx, y: from.y + dy }, to: { x: to.x + dx, y: to.y + dy } };
}

function letterOf(character: string): Letter | undefined {
  return LETTERS.get(character) ?? SIGNS.get(character);
}

function glyphFrom([width, path]: Letter): Glyph {
  return { width, strokes: strokesIn(path) };
}
