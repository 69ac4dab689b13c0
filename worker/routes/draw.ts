/** How a draw is made and proven, for anybody who wants to check it: docs/fairness.md. */
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import * as z from 'zod';
import { type DrawAnswer, drawEntriesQuerySchema } from '../contract/draw.ts';
import { type EventId, eventIdSchema } from '../contract/ids.ts';
import type { Needs } from '../deps/deps.ts';
import { linesStream } from '../http/formats/lines.ts';
import { HttpProblem } from '../http/problem.ts';
import { requesterOf } from '../http/requester.ts';
import { revalidated } from '../http/revalidation.ts';
import { valid } from '../http/validate.ts';
import {
  cachedDraw,
  cachedRecords,
  type FoundDraw,
  type RecordsPhase,
} from '../stores/postgres/public-draws.ts';
import type { Requester } from '../stores/postgres/public-events.ts';
import { instant } from './attempt.ts';
import { BRIEFLY } from './events.ts';

const LINES_TYPE = 'application/x-ndjson';
/** The same for clients that take no other type for text. */
const TYPES = [LINES_TYPE, 'text/plain'];

const OUTCOMES_BRIEFLY = 'public, max-age=5, stale-while-revalidate=5';

/** For caches on the way. What is chained is added to while it is open, and gets ranks when it is drawn. */
const KEPT: Record<RecordsPhase, string> = {
  chained: BRIEFLY['Cache-Control'],
  drawn: OUTCOMES_BRIEFLY,
  quiet: OUTCOMES_BRIEFLY,
  over: 'public, max-age=600, stale-while-revalidate=600',
};

/** Whoever checks it may do so by a page of any site: nothing of it is anybody's own. */
const FOR_ANY_SITE = { 'Access-Control-Allow-Origin': '*' };

const eventParam = valid('param', z.object({ id: eventIdSchema }));

type Needed = Needs<{
  stores: 'db' | 'readCache' | 'known' | 'recordPages';
  limits: 'purchase';
  platform: 'nowMs';
  logging: 'log';
}>;

export function drawRoutes(deps: Needed) {
  const { stores, limits, platform } = deps;
  const found = async (c: Context, id: EventId): Promise<FoundDraw> => {
    const draw = await cachedDraw(stores, id, requesterOf(c, limits.purchase));
    if (draw === undefined) throw new HttpProblem('not_found');
    return draw;
  };
  return new Hono()
    .get('/:id/draw', revalidated, eventParam, async (c) => {
      const { draw } = await found(c, c.req.valid('param').id);
      const answer: DrawAnswer = { draw, serverNow: instant(platform.nowMs()) };
      return c.json(answer, 200, { ...BRIEFLY, ...FOR_ANY_SITE });
    })
    .get('/:id/draw/entries', eventParam, valid('query', drawEntriesQuerySchema), async (c) => {
      const { id } = c.req.valid('param');
      const { from } = c.req.valid('query');
      const list = { id, found: await found(c, id), from };
      const type = accepts(c, { header: 'Accept', supports: TYPES, default: LINES_TYPE });
      const tag = tagOf(list, type);
      const headers = {
        'Cache-Control': KEPT[list.found.phase],
        'Content-Type': `${type}; charset=utf-8`,
        Vary: 'Accept',
        ...FOR_ANY_SITE,
        ...(tag && { ETag: tag }),
      };
      if (tag && isNamed(c.req.header('If-None-Match'), tag)) return c.body(null, 304, headers);
      if (c.req.method === 'HEAD') return c.body(null, 200, headers);
      return c.body(await recordLines(c, deps, list), 200, headers);
    });
}

interface RecordList {
  id: EventId;
  found: FoundDraw;
  /** The first record that is given. */
  from: number;
}

/** The first page is read before the answer begins: a failure of it, or a caller who asks too often, is a problem. */
async function recordLines(
  c: Context,
  { stores, limits, logging }: Needed,
  { id, found, from }: RecordList,
): Promise<ReadableStream<Uint8Array>> {
  const { keepAlive, admit } = requesterOf(c, limits.purchase);
  let next = from;
  const page = async (requester: Requester) => {
    if (next > found.draw.records) return undefined;
    const read = await cachedRecords(stores, { id, found, first: next }, requester);
    next = read.next;
    return read.text;
  };
  // Its caller is counted once, however long the list is.
  let first = await page({ keepAlive, admit });
  return linesStream({
    async read() {
      const part = first ?? (await page({ keepAlive }));
      first = undefined;
      return part;
    },
    onFailure: (error) =>
      logging.log('error', 'records of a draw broke off', { eventId: id, error }),
  });
}

/** Names the records; undefined while their outcomes change. */
function tagOf({ found, from }: RecordList, type: string): string | undefined {
  const { recordsTag } = found;
  if (recordsTag === undefined) return undefined;
  return `"${recordsTag}-${from}${type === LINES_TYPE ? '' : '-text'}"`;
}

function isNamed(header: string | undefined, tag: string): boolean {
  const named = header?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return named.includes(tag) || named.includes('*');
}
