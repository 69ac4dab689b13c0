/**
 * Writes draws for .ci/check_draws.py, one JSON a line: honest ones, and tampered ones with the code by which
 * each must be refused; and what the page's checker finds in each.
 *
 *   node .ci/write-draws.ts >draws.ndjson
 */
import { checkDraw } from '../client/draw/check/check-draw.ts';
import { DRAW_FINDINGS } from '../worker/contract/draw-findings.ts';
import { honestPlans } from '../worker/draw/testing/honest-draws.ts';
import {
  linesOf,
  type PublishedDraw,
  publishDraw,
  withReceipts,
} from '../worker/draw/testing/publish-draw.ts';
import type { TamperedDraw } from '../worker/draw/testing/tampered-draw.ts';
import { tamperedDraws } from '../worker/draw/testing/tampered-draws.ts';

type Case = Pick<TamperedDraw, 'name' | 'field'> & { code: TamperedDraw['code'] | null };

async function write({ name, code, field }: Case, published: PublishedDraw): Promise<void> {
  const { eventId, draw, keys, receipts } = published;
  const lines = linesOf(published);
  const clause = code && DRAW_FINDINGS[code];
  const page = await pageFindings(published, lines);
  console.log(
    JSON.stringify({ name, code, clause, field, page, eventId, draw, lines, keys, receipts }),
  );
}

async function pageFindings(published: PublishedDraw, texts: string[]): Promise<string[]> {
  const { eventId, draw, keys: jwks, receipts } = published;
  const lines = (async function* () {
    yield* texts;
  })();
  // The page takes one, and a tampered draw has no more.
  const own = { receipt: receipts.at(-1) };
  const { subtle } = crypto;
  const { findings } = await checkDraw({ eventId, draw, lines, jwks, own, subtle });
  return findings.map(({ code }) => code);
}

for (const [name, plan] of Object.entries(honestPlans())) {
  await write({ name, code: null, field: undefined }, withReceipts(publishDraw(plan)));
}
for (const { published, ...tampered } of tamperedDraws()) await write(tampered, published);
