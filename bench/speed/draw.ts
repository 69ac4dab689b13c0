/**
 * A draw whose entries are there already: ranked and served by the event's object, which one request
 * wakes. And the same offers made by plain SQL.
 */
import type pg from 'pg';
import type { EventItemId } from '../../worker/contract/ids.ts';
import { type Bench, checkLaw, readingsOf } from './bench.ts';
import { openSale } from './fixtures.ts';
import { insertEntries, OFFER_GROUP, OFFERS_PER_GROUP } from './queue-sql.ts';
import { openClients } from './rows.ts';
import { type Readings, type Sample, sampleOf } from './samples.ts';
import { withClient } from './sql-client.ts';
import { watchQueue } from './watch-queue.ts';

const SERVED_MS_MAX = 60_000;
/** Longer than between two rounds of the beacon, so that the draw's is there. */
const OPENED_MS_AGO = 60_000;
const LOCKED_MS_AGO = 70_000;

export interface DrawSize {
  entries: number;
  units: number;
}

/** @returns a sample of the ranking, which counts entries, and one of the offers. */
export async function measureDraw(
  bench: Bench,
  { entries, units, round }: DrawSize & { round: number },
): Promise<Sample[]> {
  const eventItemId = await openSale(bench.testBed, {
    itemId: bench.itemId,
    stock: units,
    draw: { startsAtMs: Date.now() - OPENED_MS_AGO, locksAtMs: Date.now() - LOCKED_MS_AGO },
  });
  const { locked, drawn, offered, gapsMs } = await withClient(bench.target, async (client) => {
    await insertEntries(client, eventItemId, {
      first: bench.target.shoppers.take(entries),
      count: entries,
      isRanked: false,
    });
    const [seen] = await Promise.all([
      watchDraw(client, eventItemId, { bench, units }),
      wake(bench, eventItemId),
    ]);
    return seen;
  });
  await checkLaw(bench, eventItemId, units);
  const key = { connections: 0, round };
  return [
    sampleBetween({ name: 'rank', ...key }, entries, {
      from: locked,
      to: drawn,
      tookMs: [drawn.atMs - locked.atMs],
    }),
    sampleBetween({ name: 'draw', ...key }, units, { from: drawn, to: offered, tookMs: gapsMs }),
  ];
}

/** What the object does for each group, without it: the entries, the orders, the mails and the stock. */
export async function measureDrawSql(
  bench: Bench,
  { entries, units, round }: DrawSize & { round: number },
): Promise<Sample[]> {
  const eventItemId = await openSale(bench.testBed, { itemId: bench.itemId, stock: units });
  const tookMs: number[] = [];
  const [from, to] = await withClient(bench.target, async (client) => {
    await insertEntries(client, eventItemId, {
      first: bench.target.shoppers.take(entries),
      count: entries,
      isRanked: true,
    });
    const before = lookNow(bench);
    for (let left = units; left > 0; left -= OFFERS_PER_GROUP) {
      const fromMs = performance.now();
      const values = [eventItemId, Math.min(left, OFFERS_PER_GROUP)];
      await client.query({ name: 'offer', text: OFFER_GROUP, values });
      tookMs.push(performance.now() - fromMs);
    }
    return [before, lookNow(bench)];
  });
  await checkLaw(bench, eventItemId, units);
  return [sampleBetween({ name: 'draw_sql', connections: 1, round }, units, { from, to, tookMs })];
}

/** A moment, and what the processes had used by then. */
interface Look {
  atMs: number;
  readings: Readings;
}

interface Served {
  locked: Look;
  drawn: Look;
  /** All units. */
  offered: Look;
  /** From one look that found more offers to the next. */
  gapsMs: number[];
}

async function watchDraw(
  client: pg.Client,
  eventItemId: EventItemId,
  { bench, units }: { bench: Bench; units: number },
): Promise<Served> {
  let locked: Look | undefined;
  let drawn: Look | undefined;
  const offeredAtMs: number[] = [];
  let offers = 0;
  await watchQueue(client, eventItemId, {
    offers: units,
    msMax: SERVED_MS_MAX,
    stopped: bench.stopped,
    onLook(queue) {
      if (queue.offers > offers) offeredAtMs.push(performance.now());
      offers = queue.offers;
      if (queue.isLocked) locked ??= lookNow(bench);
      if (queue.isDrawn) drawn ??= lookNow(bench);
    },
  });
  if (!locked || !drawn) throw new Error('units were offered before the draw');
  const times = [drawn.atMs, ...offeredAtMs];
  const gapsMs = offeredAtMs.map((atMs, n) => atMs - (times[n] ?? atMs));
  return { locked, drawn, offered: { ...lookNow(bench), atMs: times.at(-1) ?? 0 }, gapsMs };
}

/** The object knows nothing of the event until somebody asks for a unit, who is told to wait. */
async function wake(bench: Bench, eventItemId: EventItemId): Promise<void> {
  const { clients, close } = await openClients(
    { name: 'queue_ahead', connections: 1 },
    eventItemId,
    bench.target,
  );
  const outcome = await clients[0]?.();
  await close();
  if (!outcome?.expected) bench.wrong.push(`a draw's object answered ${outcome?.code}`);
}

function lookNow({ testBed }: Bench): Look {
  return { atMs: performance.now(), readings: readingsOf(testBed) };
}

function sampleBetween(
  key: Parameters<typeof sampleOf>[0],
  units: number,
  { from, to, tookMs }: { from: Look; to: Look; tookMs: number[] },
): Sample {
  const counts = { units, unitsInAll: units, errors: {} };
  const ms = to.atMs - from.atMs;
  return sampleOf(key, { ...counts, ms, tookMs, before: from.readings, after: to.readings });
}
