import { describe, expect, it } from 'vitest';
import { drawReport, PICTURE } from './picture.ts';
import type { ShownReport } from './shown-report.ts';
import { decodePng, inkIn } from './testing/decoded-png.ts';
import { sampleReport } from './testing/sample-report.ts';
import { LANGUAGES, type Language, WORDS } from './words.ts';

const HOSTILE = [
  '',
  `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)> $&`,
  'W'.repeat(5_000),
  'e\u0301\u0302\u0323'.repeat(80),
  '\u202e\u0000\ud800\u{1f469}\u200d\u{1f692}\u05d0\u65e5'.repeat(40),
  'a '.repeat(2_000),
];
const HUGE = Number.MAX_SAFE_INTEGER;
const CROWDED = {
  isFinal: false,
  cancelledAt: '2026-11-30T18:10:00.000Z',
  closesAt: '2027-09-28T23:59:00.000Z',
  units: {
    total: HUGE,
    soldAtOnce: HUGE,
    soldAfterComingBack: HUGE,
    held: HUGE,
    neverHeld: HUGE,
    cameBackUnsold: 0,
  },
  sellOut: { soldOutAfterMs: HUGE },
  entries: { made: HUGE },
};
/** Of the page around its contents, without the strip at the top. */
const MARGIN = 60;

async function draw(changes: Partial<ShownReport>, language: Language = 'en') {
  return decodePng(await drawReport(sampleReport(changes), WORDS[language]));
}

function widthOfColour(png: Awaited<ReturnType<typeof draw>>, colour: string): number {
  let widest = 0;
  for (let y = 100; y < png.height; y++) {
    const row = Array.from({ length: png.width }, (_, x) => png.colourAt(x, y));
    widest = Math.max(widest, row.filter((one) => one === colour).length);
  }
  return widest;
}

describe('the picture of a report', () => {
  it('has the size that the page tells', async () => {
    expect(await draw({})).toMatchObject(PICTURE);
  });

  it('has bars as long as their shares', async () => {
    const png = await draw({});
    const [atOnce, after] = [widthOfColour(png, '#c5380f'), widthOfColour(png, '#1a6a45')];
    expect(atOnce / after).toBeCloseTo(400 / 60, 1);
  });

  it('shows a single unit of many', async () => {
    const units = { ...sampleReport().units, total: 1_000_000, soldAfterComingBack: 1 };
    expect(widthOfColour(await draw({ units }), '#1a6a45')).toBeGreaterThan(2);
  });

  it('is another one in German', async () => {
    const [en, de] = await Promise.all(
      LANGUAGES.map((language) => drawReport(sampleReport(), WORDS[language])),
    );
    expect(de).not.toEqual(en);
  });

  it.each(
    LANGUAGES.flatMap((language) => HOSTILE.map((title, number) => ({ language, title, number }))),
  )(
    'keeps all inside of its margins, in $language for hostile title $number',
    async ({ language, title }) => {
      const png = await draw({ ...CROWDED, title }, language);
      const { width, height } = PICTURE;
      expect(inkIn(png, { left: 0, top: 12, right: MARGIN, bottom: height })).toBe(0);
      expect(inkIn(png, { left: width - MARGIN, top: 12, right: width, bottom: height })).toBe(0);
      expect(inkIn(png, { left: 0, top: height - 25, right: width, bottom: height })).toBe(0);
    },
  );
});
