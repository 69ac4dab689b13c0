/** The stores of an isolate with their caches, as the configuration names them. */
import type { Config } from '../config/config.ts';
import { type EventId, isMadeWith, type KeyedDigest } from '../contract/ids.ts';
import { createReadCache } from '../stores/cache/read-cache.ts';
import { openDocuments } from '../stores/documents/open-documents.ts';
import { openDb } from '../stores/postgres/client.ts';
import { createKnownEvents, createKnownItems } from '../stores/postgres/known-ids.ts';
import { RECORD_PAGES_KEPT_MAX } from '../stores/postgres/public-draws.ts';
import type { Stores } from './deps.ts';

/** A page waits no longer for MongoDB. */
const DOCUMENTS_TIMEOUT_MS = 2_000;

export interface StorePorts {
  /** Undefined where ids of events are not marked. */
  eventDigest: KeyedDigest | undefined;
  nowMs(): number;
  keepAlive(work: Promise<unknown>): void;
}

export function openStores(config: Config, { eventDigest, nowMs, keepAlive }: StorePorts): Stores {
  const db = openDb(config);
  const shares = config.sharedCalls;
  const ports = { db, nowMs, shares, keepAlive };
  const isGenuine = (id: EventId) => eventDigest !== undefined && isMadeWith(eventDigest, id);
  return {
    db,
    documents: openDocuments(config, { nowMs, timeoutMs: DOCUMENTS_TIMEOUT_MS }),
    readCache: createReadCache({ nowMs, shares }),
    recordPages: createReadCache({ nowMs, shares, keptMax: RECORD_PAGES_KEPT_MAX }),
    known: { events: createKnownEvents(ports, isGenuine), items: createKnownItems(ports) },
  };
}
