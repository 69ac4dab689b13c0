/**
 * Which ids name something, asked before anything is done for an id that a client sent. However many
 * are invented, one statement at a time looks them up, all that were asked for meanwhile in one.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { EventId, ItemId } from '../../contract/ids.ts';
import { isWithin, TooManyReads } from '../cache/asking.ts';
import { createKeptReads, type KeptRead } from '../cache/kept-reads.ts';
import { createRecentReads, FRESH_MS } from '../cache/read-cache.ts';
import { type Db, guarded } from './client.ts';

/** Ids that were found, per kind: only what exists gets in, so inventing ids puts nobody out. */
const KNOWN_MAX = 10_000;
/** Ids that were not found; they are asked about again after FRESH_MS. */
const ABSENT_MAX = 2_000;
/** Of one statement. Past these, TooManyReads. */
const IDS_PER_LOOKUP_MAX = 500;
/** An item may be deleted, as long as nobody sells it; an event never is. */
const ITEM_KNOWN_MS = 10_000;

export interface KnownIds<Id> {
  /** True at once for what is known already. Throws a Fault, or TooManyReads. */
  has(id: Id): boolean | Promise<boolean>;
  /** Whether it is known already; false is no answer. */
  isNoted(id: Id): boolean;
  /** Another read has found it. */
  note(id: Id): void;
}

export interface KnownIdsPorts {
  db: Db;
  nowMs(): number;
  /** Whether a request may wait for a look-up that another one began. */
  shares: boolean;
  keepAlive(work: Promise<unknown>): void;
}

/** @param isGenuine whether an id was made by this shop, where the id itself tells. */
export function createKnownEvents(
  ports: KnownIdsPorts,
  isGenuine: (id: EventId) => boolean,
): KnownIds<EventId> {
  const find = (ids: EventId[]) => select<EventId>(ports.db, sql`events`, ids);
  return createKnownIds(ports, { find, isGenuine, knownMs: Number.POSITIVE_INFINITY });
}

export function createKnownItems(ports: KnownIdsPorts): KnownIds<ItemId> {
  const find = (ids: ItemId[]) => select<ItemId>(ports.db, sql`item_catalog`, ids);
  return createKnownIds(ports, { find, isGenuine: () => false, knownMs: ITEM_KNOWN_MS });
}

async function select<Id extends string>(db: Db, table: SQL, ids: Id[]): Promise<Id[]> {
  const { rows } = await guarded(() =>
    db.execute<{ id: Id }>(sql`
      SELECT id FROM ${table}
       WHERE id IN (SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`),
  );
  return rows.map(({ id }) => id);
}

interface Kind<Id> {
  find(ids: Id[]): Promise<Id[]>;
  isGenuine(id: Id): boolean;
  /** How long it stays known. */
  knownMs: number;
}

function createKnownIds<Id extends string>(
  { nowMs, shares, keepAlive }: KnownIdsPorts,
  { find, isGenuine, knownMs }: Kind<Id>,
): KnownIds<Id> {
  const known = createKeptReads({ entriesMax: KNOWN_MAX, spareMs: 0 });
  const absent = createKeptReads({ entriesMax: ABSENT_MAX, spareMs: FRESH_MS });
  const lookUps = createRecentReads({ nowMs, shares });
  let waiting = new Set<Id>();

  async function findAll(ids: Id[], takenAtMs: number): Promise<Set<Id>> {
    const found = new Set(await find(ids));
    for (const id of ids) (found.has(id) ? known : absent).put(id, { takenAtMs }, takenAtMs);
    return found;
  }

  async function lookUp(id: Id): Promise<boolean> {
    if (!shares) return (await findAll([id], nowMs())).has(id);
    if (waiting.size >= IDS_PER_LOOKUP_MAX && !waiting.has(id)) throw new TooManyReads();
    waiting.add(id);
    const found = await lookUps.ask({
      key: 'ids',
      // It begins after this id was put to those that wait, and so is about this one too.
      isAnew: true,
      keepAlive,
      async read(atMs) {
        const ids = [...waiting];
        waiting = new Set();
        return { value: await findAll(ids, atMs), changesAtMs: Number.POSITIVE_INFINITY };
      },
    });
    return found?.has(id) ?? false;
  }

  function isYoung(entry: KeptRead | undefined, ms: number): boolean {
    return entry !== undefined && isWithin(ms, entry.takenAtMs, nowMs());
  }

  function note(id: Id): void {
    const atMs = nowMs();
    known.put(id, { takenAtMs: atMs }, atMs);
  }

  function isNoted(id: Id): boolean {
    if (isYoung(known.get(id), knownMs)) return true;
    const isOurs = isGenuine(id);
    if (isOurs) note(id);
    return isOurs;
  }

  return {
    note,
    isNoted,
    has(id) {
      if (isNoted(id)) return true;
      return isYoung(absent.get(id), FRESH_MS) ? false : lookUp(id);
    },
  };
}
