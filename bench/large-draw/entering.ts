/**
 * Entering a draw, in turns: as it is; with the chain's part taken out of the database's functions; and a waitlist,
 * which has no chain either, but gives each entry its place in the queue at once, as a draw does later.
 */
import { readFile } from 'node:fs/promises';
import { type EventItemId } from '../../worker/contract/ids.ts';
import { type Column, compare, interleave, type Phase } from '../compare/comparison.ts';
import { openSale } from '../speed/fixtures.ts';
import { measureOn } from '../speed/measurements.ts';
import { LIST_SIZE, openClients } from '../speed/rows.ts';
import { withClient } from '../speed/sql-client.ts';
import type { LargeDrawShop } from './shop.ts';

const KINDS = ['draw', 'without_chain', 'waitlist'] as const;
export type Kind = (typeof KINDS)[number];
const ROUNDS = 4;
const SECONDS = 2.5;
const CONNECTIONS = 64;
const HOUR_MS = 3_600_000;
const US_PER_SECOND = 1e6;
const SQL_FOLDER = new URL('../../worker/sale/ledger/sql/', import.meta.url);

/**
 * What the chain adds to entering, taken away: no hash, no row of a record but the first, and no head in the answer,
 * without which the shop signs no receipt.
 */
const WITHOUT_CHAIN = {
  next_record: `
    CREATE OR REPLACE FUNCTION next_record(p_last draw_records, p_kind text, e queue_entries, p_at timestamptz)
    RETURNS draw_records LANGUAGE sql STABLE AS $$
      SELECT ROW(e.event_id, p_last.seq + 1, p_kind, e.id, p_at, p_last.head)::draw_records
    $$`,
  write_records: `
    CREATE OR REPLACE FUNCTION write_records(p_records draw_records[]) RETURNS void LANGUAGE sql AS $$
      INSERT INTO draw_records (event_id, seq, kind, entry_id, at, head)
      SELECT r.event_id, r.seq, r.kind, r.entry_id, r.at, r.head FROM unnest(p_records) AS r WHERE r.seq = 0
    $$`,
  entry_with_record: `
    CREATE OR REPLACE FUNCTION entry_with_record(e queue_entries, p_head bytea) RETURNS jsonb
    LANGUAGE sql STABLE AS $$
      SELECT jsonb_build_object(
        'id', e.id, 'eventId', e.event_id, 'eventItemId', e.event_item_id, 'quantity', e.quantity,
        'minQuantity', e.min_quantity, 'status', e.status, 'reason', e.reason,
        'enteredAtMs', epoch_ms(e.entered_at), 'seq', e.seq, 'rank', e.rank, 'orderId', e.order_id,
        'record', NULL)
    $$`,
};

export const COLUMNS: readonly Column[] = [
  { figure: 'perSecond', title: 'entered a second', better: 'high' },
  { figure: 'p50Ms', title: 'p50, ms', better: 'low' },
  { figure: 'runtimeUs', title: 'CPU of the runtime each, µs', better: 'low' },
  { figure: 'postgresUs', title: 'CPU of Postgres each, µs', better: 'low' },
];

export async function measureEntering(shop: LargeDrawShop): Promise<Phase<Kind>[]> {
  const phases: Phase<Kind>[] = [];
  for (const { kind, round } of interleave<Kind>([...KINDS], ROUNDS)) {
    shop.stopped.throwIfAborted();
    shop.logStep(`entering, round ${round + 1} of ${ROUNDS}: ${kind}`);
    phases.push(await measureKind(shop, kind, round));
  }
  return phases;
}

/** Each kind's figures as ratios to those without the chain. */
export function ratiosOf(phases: Phase<Kind>[], column: Column) {
  return compare(phases, 'without_chain', column);
}

async function measureKind(shop: LargeDrawShop, kind: Kind, round: number): Promise<Phase<Kind>> {
  const isUnchained = kind === 'without_chain';
  if (isUnchained) await define(shop, Object.values(WITHOUT_CHAIN));
  try {
    const id = kind === 'waitlist' ? await openWaitlist(shop) : await openDraw(shop);
    const row = { name: 'enter' as const, connections: CONNECTIONS, round, seconds: SECONDS };
    const { perSecond, p50Ms, runtimeUsEach, cpu, errors } = await measureOn(shop, row, id);
    for (const [code, count] of Object.entries(errors)) {
      shop.wrong.push(`entering (${kind}): ${count} times ${code}`);
    }
    const postgresUs = (cpu.postgres * US_PER_SECOND) / Math.max(1, perSecond);
    return { kind, round, figures: { perSecond, p50Ms, runtimeUs: runtimeUsEach, postgresUs } };
  } finally {
    if (isUnchained) await define(shop, await originals());
  }
}

function originals(): Promise<string[]> {
  const names = Object.keys(WITHOUT_CHAIN);
  return Promise.all(names.map((name) => readFile(new URL(`${name}.sql`, SQL_FOLDER), 'utf8')));
}

async function define({ target }: LargeDrawShop, functions: readonly string[]): Promise<void> {
  await withClient(target, async (client) => {
    for (const text of functions) await client.query(text);
  });
}

function openDraw({ testBed, itemId }: LargeDrawShop): Promise<EventItemId> {
  const startsAtMs = Date.now() + HOUR_MS;
  const draw = { startsAtMs, locksAtMs: startsAtMs - 40_000 };
  return openSale(testBed, { itemId, stock: LIST_SIZE, draw });
}

async function openWaitlist({ testBed, itemId, target }: LargeDrawShop): Promise<EventItemId> {
  const id = await openSale(testBed, { itemId, stock: LIST_SIZE });
  const buyer = await openClients({ name: 'list', connections: 1 }, id, target);
  await buyer.clients[0]?.();
  await buyer.close();
  return id;
}
