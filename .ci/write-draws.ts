/**
 * Writes draws for .ci/check_draws.py, one JSON a line: honest ones, and tampered ones with the code by which
 * each must be refused.
 *
 *   node .ci/write-draws.ts >draws.ndjson
 */
import { honestPlans } from '../worker/draw/testing/honest-draws.ts';
import {
  linesOf,
  type PublishedDraw,
  publishDraw,
  withReceipts,
} from '../worker/draw/testing/publish-draw.ts';
import { tamperedDraws } from '../worker/draw/testing/tampered-draws.ts';

function write(name: string, code: string | null, published: PublishedDraw) {
  const { eventId, draw, keys, receipts } = published;
  const lines = linesOf(published);
  console.log(JSON.stringify({ name, code, eventId, draw, lines, keys, receipts }));
}

for (const [name, plan] of Object.entries(honestPlans())) {
  write(`honest: ${name}`, null, withReceipts(publishDraw(plan)));
}
for (const { name, code, published } of tamperedDraws()) write(name, code, published);
