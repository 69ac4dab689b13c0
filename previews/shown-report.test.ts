import { expect, expectTypeOf, it } from 'vitest';
import type { Report } from '../worker/contract/report.ts';
import {
  barsOf,
  durationText,
  factsOf,
  noticeOf,
  type ShownReport,
  whenText,
} from './shown-report.ts';
import { sampleReport } from './testing/sample-report.ts';
import { WORDS } from './words.ts';

const { en, de } = WORDS;

it('takes what the shop says as its contract has it', () => {
  expectTypeOf<Report>().toExtend<ShownReport>();
});

it('has a bar for each kind of units, which together are all of them', () => {
  const bars = barsOf(sampleReport(), en);
  expect(bars.map(({ label, figure }) => [label, figure])).toEqual([
    ['Sold at once', '400'],
    ['Sold after coming back', '60'],
    ['Never sold', '40'],
  ]);
  expect(bars.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

it('shows what is still held, and divides nothing by no units', () => {
  const units = {
    total: 1,
    soldAtOnce: 0,
    soldAfterComingBack: 0,
    held: 1,
    neverHeld: 0,
    cameBackUnsold: 0,
  };
  expect(barsOf(sampleReport({ units }), de).map(({ label }) => label)).toContain(
    'Noch reserviert',
  );
  const none = barsOf(sampleReport({ units: { ...units, total: 0, held: 0 } }), en);
  expect(none.map(({ share }) => share)).toEqual([0, 0, 0]);
});

it('tells how long sold-out took and how many entered the queue', () => {
  expect(factsOf(sampleReport({ entries: { made: 1_234 } }), de)).toEqual([
    { figure: '500', label: 'Stücke' },
    { figure: '3 Min. 12 Sek.', label: 'bis zum Ausverkauf' },
    { figure: '1.234', label: 'in der Warteschlange' },
  ]);
  const facts = factsOf(
    sampleReport({ sellOut: { soldOutAfterMs: null }, entries: { made: 0 } }),
    en,
  );
  expect(facts.map(({ figure }) => figure)).toEqual(['500', 'Not sold out']);
});

it.each([
  [0, '0 s'],
  [1_260, '1.3 s'],
  [60_000, '1 min'],
  [192_400, '3 min 12 s'],
  [3_600_000, '1 h'],
  [3_661_000, '1 h 1 min'],
  [3_605_000, '1 h'],
  [90_000_000, '1 d 1 h'],
])('writes %i ms as %s', (ms, text) => {
  expect(durationText(ms, en)).toBe(text);
});

it('says when, in UTC and in the language', () => {
  expect(whenText(sampleReport(), en)).toMatch(/^30 November 2026.* 18:00.18:30 UTC$/);
  expect(whenText(sampleReport(), de)).toMatch(/^30\. November 2026.* 18:00.18:30.* UTC$/);
});

it('says that it was cancelled, or is not final', () => {
  expect(noticeOf(sampleReport(), en)).toBeUndefined();
  expect(noticeOf(sampleReport({ isFinal: false }), en)).toBe('Not final yet');
  const cancelledAt = '2026-11-30T18:10:00.000Z';
  expect(noticeOf(sampleReport({ cancelledAt }), de)).toMatch(/^Abgesagt/);
});
