/**
 * Which ids exist, checked before anything is done for an id that a client sent. However many are
 * invented, one statement at a time looks them up, each for all ids that came meanwhile.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { EventId, ItemId } from '../../contract/ids.ts';
import { type CacheEntry, createCacheEntries } from '../cache/cache-entries.ts';
import { isWithin, TooManyReads } from '../cache/cached-read.ts';
import { createReadCache, FRESH_MS } from '../cache/read-cache.ts';
import { type Db, guarded } from './client.ts';

/** Ids that were found, per kind: only what exists is kept, so invented ids displace nothing. */
const KNOWN_MAX = 10_000;
/** Ids that were not found; they are looked up again after FRESH_MS. */
const ABSENT_MAX = 2_000;
/** In one statement. Beyond that, TooManyReads. */
const IDS_PER_LOOKUP_MAX = 500;
/** An item may be deleted, as long as nobody sells it; an event never is. */
const ITEM_KNOWN_MS = 10_000;

export interface KnownIds<Id> {
  /** True at once for what is known already. Throws a Fault, or TooManyReads. */
  has(id: Id): boolean | Promise<boolean>;
  /** Whether it is known already; false does not mean that it does not exist. */
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

/** @param isGenuine whether an id was made by this shop, where its own mark shows that. */
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
  const known = createCacheEntries({ entriesMax: KNOWN_MAX, spareMs: 0 });
  const absent = createCacheEntries({ entriesMax: ABSENT_MAX, spareMs: FRESH_MS });
  const lookUps = createReadCache({ nowMs, shares });
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
    const found = await lookUps.get({
      key: 'ids',
      // It begins after this id was added to those that wait, and so looks this one up too.
      isUncached: true,
      keepAlive,
      async read(atMs) {
        const ids = [...waiting];
        waiting = new Set();
        return { value: await findAll(ids, atMs), changesAtMs: Number.POSITIVE_INFINITY };
      },
    });
    return found?.has(id) ?? false;
  }

  function isYoung(entry: CacheEntry | undefined, ms: number): boolean {
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
