/** Draws with their chain, put straight into the database, in tests in workerd: as publish-draw.ts makes them. */
import { sql } from 'drizzle-orm';
import type { DrawStart } from '../contract/draw.ts';
import type { ChainRecord } from '../contract/draw-records.ts';
import { type EventId, type EventItemId, makeQueueEntryId, makeUserId } from '../contract/ids.ts';
import { localDraw } from '../draw/testing/honest-draws.ts';
import { type DrawPlan, type PublishedDraw, publishDraw } from '../draw/testing/publish-draw.ts';
import { drawProofs, drawRecords } from '../stores/postgres/draw-schema.ts';
import { draws, eventQueues, queueEntries } from '../stores/postgres/queue-schema.ts';
import { deps } from './shop.ts';
import { makeDraw } from './waiting.ts';

const ROWS_PER_INSERT = 500;
/** Every so often somebody enters; every fourth one leaves again. */
const ENTRY_MS = 3;

interface Wanted {
  status?: DrawPlan['status'];
  givenUp?: DrawPlan['givenUp'] | undefined;
  entries?: number;
  event?: Parameters<typeof makeDraw>[0];
}

/** A draw whose round is due, unless it is open or locked, and what is to be public of it. */
export async function keepDraw({
  status = 'drawn',
  givenUp,
  entries = 8,
  event = {},
}: Wanted = {}) {
  const startsMs = Date.now() + (status === 'open' || status === 'locked' ? 3_600_000 : -10_000);
  const sale = await makeDraw({ startsAt: new Date(startsMs).toISOString(), ...event });
  const plan = await planOf(sale, { status, givenUp, entries });
  const published = publishDraw(plan);
  await keepEntries(plan, published);
  await keepProof(published);
  return { ...sale, published };
}

async function planOf(
  { eventId, eventItemId }: { eventId: EventId; eventItemId: EventItemId },
  {
    status,
    givenUp,
    entries,
  }: Required<Omit<Wanted, 'event' | 'givenUp'>> & Pick<Wanted, 'givenUp'>,
): Promise<DrawPlan> {
  const { db } = deps.stores;
  const [event] = await db.$client.query(
    'SELECT starts_at, entries_close_at, (SELECT coalesce(max(number), 0) + 1 FROM draw_proofs) AS number FROM events WHERE id = $1',
    [eventId],
  );
  const startsAtMs = new Date(String(event?.starts_at)).getTime();
  const local = localDraw(Math.ceil(startsAtMs / 3_000) + 1);
  const start: DrawStart = {
    ...local.start,
    eventId,
    number: Number(event?.number),
    startsAtMs,
    entriesCloseAtMs: new Date(String(event?.entries_close_at)).getTime(),
    payment: 'none',
    items: [{ eventItemId, stock: 10, priceMinor: 1_999, limitPerCustomer: 1 }],
  };
  const { signature } = local;
  const records = recordsOf(start, entries);
  return { start, records, signature, status, ...(givenUp && { givenUp }) };
}

function recordsOf(start: DrawStart, entries: number): ChainRecord[] {
  const beginMs = start.entriesCloseAtMs - (2 * entries + 1) * ENTRY_MS;
  const records: Omit<ChainRecord, 'seq'>[] = [];
  for (let n = 0; n < entries; n++) {
    const atMs = beginMs + n * ENTRY_MS;
    const entryId = makeQueueEntryId(start.eventId, atMs, deps.platform.fillRandom);
    const eventItemId = start.items[0]?.eventItemId ?? '';
    const wish = { entryId, eventItemId, quantity: 1 + (n % 2), minQuantity: 1 };
    records.push({ kind: 'enter', ...wish, atMs });
    if (n % 4 === 3) records.push({ kind: 'leave', ...wish, atMs: atMs + 1 });
  }
  return records.map((record, index) => ({ seq: index + 1, ...record }));
}

async function keepEntries({ start }: DrawPlan, { records }: PublishedDraw): Promise<void> {
  const { db } = deps.stores;
  const { eventId } = start;
  const left = new Map(
    records.filter(({ kind }) => kind === 'leave').map((r) => [r.entryId, r.at]),
  );
  const rows = records
    .filter(({ kind }) => kind === 'enter')
    .map(({ entryId: id, eventItemId, quantity, minQuantity, at, seq, rank }, index) => {
      const endedAt = left.get(id);
      return {
        id,
        eventId,
        eventItemId,
        quantity,
        minQuantity,
        rank: rank ?? null,
        customerId: makeUserId(Date.parse(at), deps.platform.fillRandom),
        status: endedAt === undefined ? ('waiting' as const) : ('left' as const),
        enteredAt: new Date(at),
        endedAt: endedAt === undefined ? null : new Date(endedAt),
        seq: index + 1,
        recordSeq: seq,
        enteredIn: index + 1,
      };
    });
  await inParts(rows, (part) => db.insert(queueEntries).values(part));
  const settled = { eventId, settlement: records.length, settledAt: new Date() };
  await db
    .insert(eventQueues)
    .values({ ...settled, lastSeq: rows.length })
    .onConflictDoUpdate({ target: eventQueues.eventId, set: { ...settled, lastSeq: rows.length } });
  const chain = records.map(({ seq, kind, entryId, at, head }) => ({
    eventId,
    seq,
    kind,
    entryId,
    at: new Date(at),
    head: sql<Uint8Array>`decode(${head}, 'hex')`,
  }));
  await inParts(chain, (part) => db.insert(drawRecords).values(part));
}

async function keepProof({ eventId, draw }: PublishedDraw): Promise<void> {
  const { db } = deps.stores;
  const { start, lockedAt, drawnAt, seed, givenUp, signature, randomness, ranking } = draw;
  if (start === null) throw new Error('nobody entered');
  const id = eventId as EventId;
  const [first = null, second = null] = draw.statements;
  const isLocked = lockedAt !== null;
  await db.insert(drawProofs).values({
    eventId: id,
    number: start.number,
    start,
    signature,
    randomness,
    ranking,
    records: isLocked ? draw.records : null,
    head: isLocked ? draw.head : null,
    givenUpAt: givenUp && new Date(givenUp.at),
    givenUpReason: givenUp?.reason ?? null,
    lockedStatement: isLocked ? first : null,
    drawnStatement: drawnAt === null ? null : second,
    givenUpStatement: givenUp && draw.statement,
  });
  if (!isLocked) return;
  await db.insert(draws).values({
    eventId: id,
    lockedAt: new Date(lockedAt),
    lockedIn: 1,
    entryCount: draw.entries,
    seed,
    drawnAt: drawnAt === null ? null : new Date(drawnAt),
    steps: drawnAt === null ? null : {},
  });
}

async function inParts<Row>(rows: Row[], insert: (part: Row[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await insert(rows.slice(at, at + ROWS_PER_INSERT));
  }
}
