/**
 * A sold-out sale in which holds end and people wait: how long a freed unit is without an owner, that is
 * from the end of a hold until the offer to the next is committed.
 */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { type Bench, checkLaw, readingsOf } from './bench.ts';
import { openSale } from './fixtures.ts';
import { runPhase } from './phase.ts';
import { insertEntries, insertHolds } from './queue-sql.ts';
import { openClients } from './rows.ts';
import { type Sample, sampleOf } from './samples.ts';
import { withClient } from './sql-client.ts';
import { watchQueue } from './watch-queue.ts';

/** Before the first hold ends: everything is in its place by then. */
const LEAD_MS = 1_000;
const LAPSED_MS_MAX = 30_000;

export interface LapseSize {
  /** Holds, each of one unit, and as many who wait. */
  units: number;
  /** In which they end, at random. */
  periodMs: number;
}

type Run = { name: 'freed' | 'freed_busy'; connections: number; round: number };

/**
 * @param row.connections over which others ask for a unit meanwhile, and are told that it is sold out; 0
 *   for none: then the object's alarm alone ends the holds.
 */
export async function measureFreedUnits(
  bench: Bench,
  row: Run,
  { units, periodMs }: LapseSize,
): Promise<Sample[]> {
  const { target, testBed, itemId } = bench;
  const eventItemId = await openSale(testBed, { itemId, stock: units });
  return withClient(target, async (client) => {
    const waiting = { first: target.shoppers.take(units), count: units, isRanked: true };
    await insertEntries(client, eventItemId, waiting);
    const fromMs = Date.now() + LEAD_MS;
    const endsAtMs = Array.from({ length: units }, () => fromMs + Math.random() * periodMs)
      .map(Math.round)
      .toSorted((a, b) => a - b);
    await insertHolds(client, eventItemId, { first: target.shoppers.take(units), endsAtMs });
    await wake(bench, eventItemId);
    const before = readingsOf(testBed);
    const owned: number[] = [];
    const watched = watchQueue(client, eventItemId, {
      offers: units,
      msMax: LEAD_MS + periodMs + LAPSED_MS_MAX,
      stopped: bench.stopped,
      onLook: ({ offers }) => {
        while (owned.length < offers) owned.push(Date.now());
      },
    });
    await Promise.all([watched, press(bench, { ...row, ms: LEAD_MS + periodMs }, eventItemId)]);
    const after = readingsOf(testBed);
    await checkLaw(bench, eventItemId, units);
    const tookMs = owned.map((atMs, n) => atMs - (endsAtMs[n] ?? 0));
    return [
      sampleOf(row, { units, unitsInAll: units, ms: periodMs, tookMs, errors: {}, before, after }),
    ];
  });
}

/** The object sets its alarm once somebody asks for a unit. */
async function wake({ target, wrong }: Bench, eventItemId: EventItemId): Promise<void> {
  const { clients, close } = await openClients(
    { name: 'sold_out', connections: 1 },
    eventItemId,
    target,
  );
  const outcome = await clients[0]?.();
  await close();
  if (!outcome?.expected) wrong.push(`a sold-out sale answered ${outcome?.code}`);
}

async function press(
  { target, wrong }: Bench,
  { name, connections, ms }: Run & { ms: number },
  eventItemId: EventItemId,
): Promise<void> {
  const { clients, close } = await openClients(
    { name: 'sold_out', connections },
    eventItemId,
    target,
  );
  try {
    const { errors } = await runPhase(clients, { rampMs: 0, countMs: ms }, () => {});
    for (const [code, count] of Object.entries(errors)) {
      wrong.push(`${name} at ${connections}: ${count} times ${code}`);
    }
  } finally {
    await close();
  }
}
