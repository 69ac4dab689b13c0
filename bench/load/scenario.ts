/** What shoppers do besides buying: browse before the opening, and read reviews after it. */

import type { Visit, Visitor } from '../rehearse/rehearsal-ports.ts';
import { between } from '../rehearse/seeded-random.ts';
import type { Recorder } from './recorder.ts';

const API = '/api/v1';
/** Browsing ends this long before the opening: early shoppers buy up to a second before it. */
const DONE_BEFORE_MS = 1_500;
const READS_WITHIN_MS = 2_000;

/** @param now by our clock, in ms since the epoch. */
export function scenarioVisitor(recorder: Recorder, now: () => number): Visitor {
  let itemId: string | undefined;
  return {
    async before(visit) {
      const { opensAtMs, serverNow, random, eventId } = visit;
      recorder.opensAtMs ??= opensAtMs - serverNow() + now();
      const leftMs = opensAtMs - serverNow() - DONE_BEFORE_MS;
      await visit.sleep(between(random, 0, Math.max(0, leftMs)));
      await read(visit, '/events?limit=20');
      itemId = itemIdOf(await read(visit, `/events/${eventId}`)) ?? itemId;
    },
    async after(visit) {
      if (itemId === undefined) return;
      await visit.sleep(between(visit.random, 0, READS_WITHIN_MS));
      await read(visit, `/reviews/items/${itemId}/summary`);
      await read(visit, `/reviews/items/${itemId}?limit=20`);
    },
  };
}

async function read({ call, random }: Visit, path: string): Promise<unknown> {
  const outcome = await call({ method: 'GET', path: API + path }, random);
  return outcome.kind === 'answer' ? outcome.body : undefined;
}

function itemIdOf(event: unknown): string | undefined {
  const { items } = (event ?? {}) as { items?: { itemId?: string }[] };
  return items?.[0]?.itemId;
}
