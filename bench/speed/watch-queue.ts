/** Looks at what is committed of a queue, since an object that serves it tells nobody. */
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { EventItemId } from '../../worker/contract/ids.ts';
import { type QueueLook, readQueue } from './queue-sql.ts';

/** A group of 500 offers takes several times as long; and each look takes from the machine that is measured. */
const LOOK_EVERY_MS = 10;

/** Until so many offers were made. @param until.onLook called with each look. Throws where it takes too long. */
export async function watchQueue(
  client: pg.Client,
  eventItemId: EventItemId,
  until: { offers: number; msMax: number; stopped: AbortSignal; onLook(queue: QueueLook): void },
): Promise<void> {
  const giveUpAtMs = performance.now() + until.msMax;
  for (;;) {
    until.stopped.throwIfAborted();
    const queue = await readQueue(client, eventItemId);
    until.onLook(queue);
    if (queue.offers >= until.offers) return;
    if (performance.now() > giveUpAtMs) {
      throw new Error(`${queue.offers} of ${until.offers} offers were made in ${until.msMax} ms`);
    }
    await pause(LOOK_EVERY_MS);
  }
}
