/** Draws the picture of a report. Must not ask for anything, and knows no request. */
import { Canvas } from './drawing/canvas.ts';
import { encodePng } from './drawing/png.ts';
import { cutToFit, drawText, linesOf, plainText, type Style, widthOf } from './drawing/text.ts';
import { type Bar, barsOf, factsOf, noticeOf, type ShownReport, whenText } from './shown-report.ts';
import type { Words } from './words.ts';

/** What those who show previews ask for, and the head of the report's page says. */
export const PICTURE = { width: 1_200, height: 630 } as const;

/** The light colours of the shop's pages. */
const PAPER = [0xfb, 0xfa, 0xf7] as const;
const INKS = {
  ink: [0x1b, 0x18, 0x15],
  soft: [0x62, 0x5c, 0x53],
  line: [0xe3, 0xde, 0xd5],
  accent: [0xc5, 0x38, 0x0f],
  good: [0x1a, 0x6a, 0x45],
  star: [0xb2, 0x6a, 0x00],
  sold: [0x8d, 0x85, 0x7a],
} as const;

const MARGIN = 72;
const RIGHT = PICTURE.width - MARGIN;
const ROOM = RIGHT - MARGIN;
const TITLE_LINES_MAX = 2;

const TITLE: Style = { height: 42, weight: 0.19 };
const SMALL_TITLE: Style = { height: 34, weight: 0.19 };
const TEXT: Style = { height: 20, weight: 0.13 };
const KICKER: Style = { height: 20, weight: 0.17 };
const FIGURE: Style = { height: 32, weight: 0.17 };

/** Where things stand, as the top of a bar or as a line's base. */
const KICKER_Y = 84;
const TITLE_Y = 162;
const TITLE_STEP = 54;
const WHEN_STEP = 50;
const BARS = { left: 440, right: 950, top: 304, height: 30, step: 54, tightStep: 46 } as const;
const BARS_LOOSE_MAX = 3;
/** A bar of a single unit is seen too. */
const BAR_WIDTH_MIN = 4;
const FACTS_Y = 556;
const FACTS_RULE_Y = 496;
const FACT_LABEL_STEP = 38;
const FACT_GAP = 24;

type Page = Canvas<keyof typeof INKS>;

export function drawReport(report: ShownReport, words: Words): Promise<Uint8Array<ArrayBuffer>> {
  const page: Page = new Canvas(PICTURE, PAPER, INKS);
  page.fill('accent', { x: 0, y: 0, width: PICTURE.width, height: 12 });
  drawHead(page, report, words);
  const bars = barsOf(report, words);
  const step = bars.length > BARS_LOOSE_MAX ? BARS.tightStep : BARS.step;
  for (const [row, bar] of bars.entries()) drawBar(page, bar, BARS.top + row * step);
  drawFacts(page, report, words);
  return encodePng(page.image());
}

function drawHead(page: Page, report: ShownReport, words: Words): void {
  const notice = noticeOf(report, words);
  const kicker = plainText(notice === undefined ? words.report : `${words.report} · ${notice}`);
  drawText(page, cutToFit(kicker, KICKER, ROOM), {
    colour: 'accent',
    at: { x: MARGIN, y: KICKER_Y },
    style: KICKER,
  });
  const title = plainText(report.title);
  const style = widthOf(title, TITLE) <= ROOM ? TITLE : SMALL_TITLE;
  const lines = linesOf(title, style, { widthMax: ROOM, linesMax: TITLE_LINES_MAX });
  for (const [row, line] of lines.entries()) {
    drawText(page, line, {
      colour: 'ink',
      at: { x: MARGIN, y: TITLE_Y + row * TITLE_STEP },
      style,
    });
  }
  const below = Math.max(0, lines.length - 1) * TITLE_STEP;
  drawText(page, cutToFit(plainText(whenText(report, words)), TEXT, ROOM), {
    colour: 'soft',
    at: { x: MARGIN, y: TITLE_Y + below + WHEN_STEP },
    style: TEXT,
  });
}

function drawBar(page: Page, { label, colour, figure, share }: Bar, top: number): void {
  const { left, right, height } = BARS;
  const base = top + (height + TEXT.height) / 2;
  drawText(page, cutToFit(plainText(label), TEXT, left - MARGIN - FACT_GAP), {
    colour: 'ink',
    at: { x: MARGIN, y: base },
    style: TEXT,
  });
  page.fill('line', { x: left, y: top, width: right - left, height });
  const width = share === 0 ? 0 : Math.max(BAR_WIDTH_MIN, Math.round(share * (right - left)));
  page.fill(colour, { x: left, y: top, width, height });
  const text = cutToFit(plainText(figure), KICKER, RIGHT - right - FACT_GAP);
  drawText(page, text, {
    colour: 'ink',
    at: { x: RIGHT - widthOf(text, KICKER), y: base },
    style: KICKER,
  });
}

/** Side by side, each with the same room. */
function drawFacts(page: Page, report: ShownReport, words: Words): void {
  const facts = factsOf(report, words);
  page.fill('line', { x: MARGIN, y: FACTS_RULE_Y, width: ROOM, height: 2 });
  const room = ROOM / facts.length;
  for (const [place, { figure, label }] of facts.entries()) {
    const x = MARGIN + place * room;
    const widthMax = room - FACT_GAP;
    drawText(page, cutToFit(plainText(figure), FIGURE, widthMax), {
      colour: 'ink',
      at: { x, y: FACTS_Y },
      style: FIGURE,
    });
    drawText(page, cutToFit(plainText(label), TEXT, widthMax), {
      colour: 'soft',
      at: { x, y: FACTS_Y + FACT_LABEL_STEP },
      style: TEXT,
    });
  }
}
