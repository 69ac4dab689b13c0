/** An event's fan-out objects: how many, their names, which one a socket goes to. */
import type { EventId } from '../../contract/ids.ts';

/**
 * The sale's object may have six connections: four for these, one for a group, one for the holders.
 * More viewers than four objects can hold need objects in between, not more connections of the sale.
 */
export const SHARDS = 4;
/** Sockets of one object; the platform would take 32,768, and what a purchase changes is sent to each. */
export const SOCKETS_PER_SHARD_MAX = 8_000;

/**
 * Of these, how many one address (of IPv6, one /64) may have: a school, an office or a mobile network
 * of some hundreds may share one. A page that gets no socket polls now and then instead. It takes
 * eighty addresses to fill an object.
 */
export const SOCKETS_PER_ADDRESS_MAX = 100;

/** What an object answers that is full, and one that is full for this address. */
export const SHARD_FULL = 503;
export const ADDRESS_FULL = 429;

/** The network a socket comes from, as the edge sees it; what a client sends is overwritten. */
export const NETWORK_HEADER = 'Viewer-Network';

/** @param shard 0 to SHARDS - 1. */
export function shardName(eventId: EventId, shard: number): string {
  return `${eventId}/${shard}`;
}

export function eventOfShard(name: string): EventId {
  return name.slice(0, name.lastIndexOf('/')) as EventId;
}

/**
 * The objects in the order in which a new socket is offered to them: from a random one on, so that they
 * fill evenly, and no client chooses.
 *
 * @param random any whole number from 0 on.
 */
export function shardsInTurn(random: number): number[] {
  return Array.from({ length: SHARDS }, (_, n) => (random + n) % SHARDS);
}

/** Asks one after the other, until one is not full. @returns its answer, or the last one's. */
export async function firstNotFull(
  shards: number[],
  ask: (shard: number) => Promise<Response>,
): Promise<Response> {
  for (const shard of shards.slice(0, -1)) {
    const answer = await ask(shard);
    if (answer.status !== SHARD_FULL) return answer;
  }
  return ask(shards.at(-1) ?? 0);
}
