/**
 * The queue over HTTP: entering and leaving are attempts on the event, as purchases are; a read of one's
 * own entry never asks the event's object.
 */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import {
  eventIdOf,
  eventIdSchema,
  eventItemIdSchema,
  queueEntryIdSchema,
} from '../contract/ids.ts';
import {
  type EventQueue,
  enterQueueSchema,
  type OwnQueue,
  ownQueueQuerySchema,
  type QueueEntryAnswer,
} from '../contract/queue.ts';
import type { Needs } from '../deps/deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import {
  type CallerEnv,
  type CallerNeeds,
  requireCaller,
  requireSession,
  type SessionEnv,
  type SessionNeeds,
} from '../http/guards.ts';
import { pageStart } from '../http/pages.ts';
import { HttpProblem } from '../http/problem.ts';
import { requesterOf } from '../http/requester.ts';
import { revalidated } from '../http/revalidation.ts';
import { bodyOptional, valid } from '../http/validate.ts';
import type { Answer, QueueAttempt } from '../sale/rules/attempts.ts';
import { paged } from '../stores/postgres/cursors.ts';
import { cachedEventQueue } from '../stores/postgres/public-events.ts';
import { findOwnEntry, listOwnEntries } from '../stores/postgres/queue-entries.ts';
import { readAhead } from '../stores/postgres/queue-places.ts';
import { attempted, callerOf, instant } from './attempt.ts';
import { BRIEFLY } from './events.ts';
import { entryOnTheWire, holdsOf, type PlacedNow } from './queue-entry.ts';
import { type ReceiptNeeds, withReceipt } from './queue-receipts.ts';

type Entered = Extract<Answer, { kind: 'entry' }>;

const eventParam = valid('param', z.object({ id: eventIdSchema }));
const eventItemParam = valid('param', z.object({ id: eventItemIdSchema }));
const entryParam = valid('param', z.object({ id: queueEntryIdSchema }));

type AttemptNeeds = CallerNeeds &
  ReceiptNeeds &
  Needs<{ sale: 'attempt'; limits: 'purchase'; stores: 'db' | 'readCache' }>;

/** What changes the queue, in the pipeline of purchases. */
export function queueAttemptRoutes(deps: AttemptNeeds) {
  const { limits } = deps;
  const signedIn = requireCaller(deps);
  return new Hono<CallerEnv>()
    .use(limitByAddress(limits.purchase))
    .post(
      '/:id',
      signedIn,
      eventItemParam,
      bodyOptional,
      valid('json', enterQueueSchema),
      async (c) => {
        const { id: eventItemId } = c.req.valid('param');
        const wish = c.req.valid('json');
        const done = await entered(deps, { kind: 'enter', eventItemId, ...wish, ...callerOf(c) });
        return c.json(await answerTo(c, deps, done), done.replayed ? 200 : 201);
      },
    )
    .post('/:id/leave', signedIn, entryParam, async (c) => {
      const { id: entryId } = c.req.valid('param');
      const done = await entered(deps, { kind: 'leave', entryId, ...callerOf(c) });
      return c.json(await answerTo(c, deps, done), 200);
    });
}

type OwnNeeds = SessionNeeds & ReceiptNeeds & Needs<{ stores: 'db' | 'readCache' }>;

/** One's own entry. */
export function queueEntryRoutes(deps: OwnNeeds) {
  const { stores } = deps;
  const { nowMs } = deps.platform;
  return new Hono<SessionEnv>()
    .use(requireSession(deps))
    .get('/:id', revalidated, entryParam, async (c) => {
      const { id } = c.req.valid('param');
      const atMs = nowMs();
      const requester = lastingAs(c);
      const wanted = { id, customerId: c.get('caller').userId, nowMs: atMs };
      const own = await findOwnEntry(stores, wanted, requester);
      if (own === undefined) throw new HttpProblem('not_found');
      const entry = entryOnTheWire(own, await holdsOf(stores, own, requester));
      const answer: QueueEntryAnswer = {
        entry: await withReceipt(deps, entry),
        serverNow: instant(atMs),
      };
      return c.json(answer, 200);
    });
}

/** All of one's own entries. */
export function ownQueueRoutes(deps: OwnNeeds) {
  const { stores } = deps;
  const { nowMs } = deps.platform;
  return new Hono<SessionEnv>()
    .use(requireSession(deps))
    .get('/queue', revalidated, valid('query', ownQueueQuerySchema), async (c) => {
      const { limit, cursor, eventId } = c.req.valid('query');
      const atMs = nowMs();
      const requester = lastingAs(c);
      const customerId = c.get('caller').userId;
      const wanted = { customerId, eventId, after: pageStart(cursor), limit, nowMs: atMs };
      const rows = await listOwnEntries(stores, wanted, requester);
      const { page, nextCursor } = paged(rows, limit, ({ entry }) => ({
        atMs: entry.enteredAtMs,
        id: entry.id,
      }));
      const entries = await Promise.all(
        page.map(async ({ texts, ...own }) => {
          const entry = entryOnTheWire(own, await holdsOf(stores, own, requester));
          return { ...(await withReceipt(deps, entry)), ...texts };
        }),
      );
      const answer: OwnQueue = { entries, nextCursor, serverNow: instant(atMs) };
      return c.json(answer, 200);
    });
}

/** How an event's queue stands, for anybody. */
export function eventQueueRoutes(
  deps: Needs<{ stores: 'db' | 'readCache' | 'known'; limits: 'purchase'; platform: 'nowMs' }>,
) {
  const { stores, limits, platform } = deps;
  return new Hono().get('/:id/queue', revalidated, eventParam, async (c) => {
    const { id } = c.req.valid('param');
    const queue = await cachedEventQueue(stores, id, requesterOf(c, limits.purchase));
    if (queue === undefined) throw new HttpProblem('not_found');
    const answer: EventQueue = { ...queue, serverNow: instant(platform.nowMs()) };
    return c.json(answer, 200, BRIEFLY);
  });
}

async function entered({ sale }: AttemptNeeds, attempt: QueueAttempt): Promise<Entered> {
  const named = attempt.kind === 'enter' ? attempt.eventItemId : attempt.entryId;
  const answer = await attempted(sale, eventIdOf(named), attempt);
  if (answer.kind === 'entry') return answer;
  throw new Error(`a ${attempt.kind} was answered with an order`);
}

async function answerTo(c: Context, deps: AttemptNeeds, done: Entered): Promise<QueueEntryAnswer> {
  const entry = await withReceipt(deps, await placedEntry(c, deps, done));
  return { entry, serverNow: instant(done.nowMs) };
}

/** What was entered is not lost because nobody can say what will become of it. */
async function placedEntry(c: Context, { stores }: AttemptNeeds, done: Entered) {
  const { entry, item, isOver } = done;
  const requester = lastingAs(c);
  let placed: PlacedNow = {
    entry,
    ahead: done.ahead,
    isOver,
    free: item.remaining,
    held: item.held,
  };
  try {
    placed = await counted(stores, placed, { offers: item.queue?.offers ?? 0, requester });
    return entryOnTheWire(placed, await holdsOf(stores, placed, requester));
  } catch {
    return entryOnTheWire(placed);
  }
}

/** With what is before an entry that was given again in a long queue, which the settlement did not count. */
async function counted(
  stores: AttemptNeeds['stores'],
  placed: PlacedNow,
  of: { offers: number; requester: ReturnType<typeof lastingAs> },
): Promise<PlacedNow> {
  const { status, rank, eventItemId } = placed.entry;
  if (status !== 'waiting' || rank === null || placed.ahead !== null) return placed;
  const ranked = { entry: { eventItemId, rank }, offers: of.offers };
  const [ahead = null] = await readAhead(stores, [ranked], of.requester);
  return { ...placed, ahead };
}

/** Of these reads nobody is counted: their callers are already. */
function lastingAs(c: Context) {
  return { keepAlive: (work: Promise<unknown>) => c.executionCtx.waitUntil(work) };
}
