/**
 * A draw from the first entry to the last offer: shoppers enter over HTTP before it, and nobody asks for
 * anything from then on.
 */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { queueEntryAnswerSchema } from '../../worker/contract/queue.ts';
import { inParallel } from '../rehearse/limiter.ts';
import { type Bench, checkLaw, checkWaiting } from '../speed/bench.ts';
import {
  insertCatalogueItem,
  insertPastOrders,
  insertShoppers,
  openSale,
} from '../speed/fixtures.ts';
import { readEntries } from '../speed/queue-sql.ts';
import { openClients } from '../speed/rows.ts';
import { shopperNumber } from '../speed/shopper-ids.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { withClient } from '../speed/sql-client.ts';
import { aligned } from '../speed/table.ts';
import { openTestBed } from '../speed/test-bed.ts';
import { watchQueue } from '../speed/watch-queue.ts';
import type { MeasureOptions, MeasureResult } from './measurement.ts';
import { number } from './report.ts';

const ENTRANTS_PER_UNIT = 10;
const PAST_ORDERS_MAX = 20_000;
/** How long entering may take: a tenth of what the bench reaches is enough. */
const ENTER_MS_EACH = 2.5;
const ENTER_MS_MIN = 4_000;
/** Entries are locked so long before the opening, which is a round of the local beacon. */
const LOCK_LEAD_MS = 5_000;
const BEACON_ROUND_MS = 3_000;
const SERVED_MS_MAX = 120_000;
const ASKED_AFTERWARDS = 100;

interface Drawn {
  round: number;
  entrants: number;
  units: number;
  enteredPerSecond: number;
  /** From the opening until it was seen in the tables. */
  rankedMs: number;
  firstOfferMs: number;
  lastOfferMs: number;
}

export async function measureDraw(options: MeasureOptions): Promise<MeasureResult> {
  const { entrants, rounds, connections, stopped, logStep } = options;
  const testBed = await openTestBed(logStep);
  try {
    logStep('enrolling shoppers');
    await insertShoppers(testBed.db, entrants);
    const itemId = await insertCatalogueItem(testBed.db);
    const pastOrders = Math.min(entrants, PAST_ORDERS_MAX);
    await insertPastOrders(testBed.db, { itemId, count: pastOrders });
    const { port, postgresUrl, jwtSecret } = testBed;
    const target = { port, postgresUrl, shoppers: createShoppers(entrants, jwtSecret) };
    const bench: Bench = { testBed, target, itemId, stopped, logStep, wrong: [] };
    const draws: Drawn[] = [];
    for (let round = 0; round < rounds; round++) {
      draws.push(await playDraw(bench, { round, rounds, entrants, connections }));
    }
    return {
      lines: [
        ...drawLines(draws),
        '',
        `${connections} connections that enter; times since the opening.`,
      ],
      figures: draws,
      wrong: bench.wrong,
    };
  } finally {
    await testBed.stop();
  }
}

async function playDraw(
  bench: Bench,
  play: { round: number; rounds: number; entrants: number; connections: number },
): Promise<Drawn> {
  const { round, entrants, connections } = play;
  const say = (what: string) => bench.logStep(`round ${round + 1} of ${play.rounds}: ${what}`);
  const units = Math.ceil(entrants / ENTRANTS_PER_UNIT);
  const enterMs = Math.max(ENTER_MS_MIN, entrants * ENTER_MS_EACH);
  const soonestMs = Date.now() + enterMs + LOCK_LEAD_MS;
  const startsAtMs = Math.ceil(soonestMs / BEACON_ROUND_MS) * BEACON_ROUND_MS;
  const draw = { startsAtMs, locksAtMs: startsAtMs - LOCK_LEAD_MS };
  const id = await openSale(bench.testBed, { itemId: bench.itemId, stock: units, draw });
  say('entering');
  const fromMs = Date.now();
  await enterAll(bench, { entrants, connections }, id);
  const enteredPerSecond = (entrants * 1_000) / (Date.now() - fromMs);
  await checkWaiting(bench, id, entrants);
  say(`waiting for the opening, ${Math.round((startsAtMs - Date.now()) / 1_000)} s`);
  const seen = await watchOffers(bench, id, { units, startsAtMs });
  await checkLaw(bench, id, units);
  await askAfterwards(bench, id, units);
  return { round, entrants, units, enteredPerSecond, ...seen };
}

async function enterAll(
  { target, wrong, stopped }: Bench,
  { entrants, connections }: { entrants: number; connections: number },
  id: EventItemId,
): Promise<void> {
  const { clients, close } = await openClients({ name: 'enter', connections }, id, target);
  const free = [...clients];
  const refused = new Map<string, number>();
  try {
    await inParallel(clients.length, entrants, async () => {
      const client = free.pop();
      if (client === undefined || stopped.aborted) return;
      const { expected, code } = await client();
      if (!expected) refused.set(code, (refused.get(code) ?? 0) + 1);
      free.push(client);
    });
  } finally {
    await close();
  }
  stopped.throwIfAborted();
  for (const [code, count] of refused) wrong.push(`entering: ${count} times ${code}`);
}

async function watchOffers(
  { target, stopped }: Bench,
  id: EventItemId,
  { units, startsAtMs }: { units: number; startsAtMs: number },
): Promise<Pick<Drawn, 'rankedMs' | 'firstOfferMs' | 'lastOfferMs'>> {
  const seen = { rankedMs: 0, firstOfferMs: 0, lastOfferMs: 0 };
  await withClient(target, (client) =>
    watchQueue(client, id, {
      offers: units,
      msMax: startsAtMs - Date.now() + SERVED_MS_MAX,
      stopped,
      onLook({ isDrawn, offers }) {
        const nowMs = Date.now() - startsAtMs;
        if (isDrawn) seen.rankedMs ||= nowMs;
        if (offers > 0) seen.firstOfferMs ||= nowMs;
        seen.lastOfferMs = nowMs;
      },
    }),
  );
  return seen;
}

/** What some of them are told, who look for themselves: whoever is among the first has an offer. */
async function askAfterwards({ target, wrong }: Bench, id: EventItemId, units: number) {
  const entries = await withClient(target, (client) => readEntries(client, id, ASKED_AFTERWARDS));
  for (const { id: entryId, customerId, rank } of entries) {
    const token = target.shoppers.token(shopperNumber(customerId));
    const response = await fetch(`http://127.0.0.1:${target.port}/api/v1/queue/${entryId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { entry } = queueEntryAnswerSchema.parse(await response.json());
    const status = rank <= units ? 'offered' : 'waiting';
    if (entry.rank === rank && entry.status === status) continue;
    wrong.push(`rank ${rank} of ${units} was told that it is ${entry.status} at ${entry.rank}`);
  }
}

function drawLines(draws: Drawn[]): string[] {
  const headings = [
    '',
    'entrants',
    'units',
    'entered a second',
    'ranked after s',
    'first offer',
    'last offer',
  ];
  const rows = draws.map((one) => [
    `round ${one.round + 1}`,
    one.entrants.toLocaleString('en'),
    one.units.toLocaleString('en'),
    number(one.enteredPerSecond),
    ...[one.rankedMs, one.firstOfferMs, one.lastOfferMs].map((ms) => number(ms / 1_000)),
  ]);
  return aligned([headings, ...rows]);
}
