/** An event's fan-out objects: how many, what they are called, which one a socket goes to. */
import type { EventId } from '../contract/ids.ts';

/**
 * An object has six connections outward: four for these, one for a group, one for the holders.
 * More viewers than four objects can hold need another storey, not more connections of the sale.
 */
export const SHARDS = 4;
/** Sockets of one object; the platform would take 32,768, and a purchase's news is sent to each. */
export const SOCKETS_PER_SHARD_MAX = 8_000;

/** @param shard 0 to SHARDS - 1. */
export function shardName(eventId: EventId, shard: number): string {
  return `${eventId}/${shard}`;
}

export function eventOfShard(name: string): EventId {
  return name.slice(0, name.lastIndexOf('/')) as EventId;
}

/** @param text something that differs between sockets. */
export function shardOf(text: string): number {
  let hash = 0;
  for (let n = 0; n < text.length; n++) hash = (Math.imul(hash, 31) + text.charCodeAt(n)) >>> 0;
  return hash % SHARDS;
}
