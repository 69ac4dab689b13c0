/** The page's checker over the draws that docs/verify_draw.py is tried with too, by .ci/draws. */
import { expect, test } from 'vitest';
import { DRAW_FINDINGS, type DrawFindingCode } from '../../../worker/contract/draw-findings.ts';
import { honestPlans } from '../../../worker/draw/testing/honest-draws.ts';
import {
  linesOf,
  type PublishedDraw,
  publishDraw,
  withReceipts,
} from '../../../worker/draw/testing/publish-draw.ts';
import { tamperedDraws } from '../../../worker/draw/testing/tampered-draws.ts';
import { checkDraw } from './check-draw.ts';

/** What no test makes: more records than there may be. */
const LEFT_OUT: readonly string[] = ['too_many_records'];
const { subtle } = crypto;

async function codesOf(published: PublishedDraw, receipt?: string): Promise<DrawFindingCode[]> {
  const { eventId, draw, keys: jwks } = published;
  const lines = (async function* () {
    yield* linesOf(published);
  })();
  const own = { receipt };
  const { findings } = await checkDraw({ eventId, draw, lines, jwks, own, subtle });
  return findings.map(({ code }) => code);
}

const tampered = tamperedDraws();

test.each(Object.entries(honestPlans()))(
  'an honest draw is found to be right: %s',
  async (_, plan) => {
    const published = withReceipts(publishDraw(plan));
    expect(await codesOf(published, published.receipts.at(-1))).toEqual([]);
  },
);

test.each(tampered)('$code: $name', async ({ code, published }) => {
  expect(await codesOf(published, published.receipts[0])).toContain(code);
});

test('each code has its draw', () => {
  const codes = new Set<string>(tampered.map(({ code }) => code));
  const missing = Object.keys(DRAW_FINDINGS).filter((code) => !codes.has(code));
  expect(missing).toEqual(LEFT_OUT);
});
