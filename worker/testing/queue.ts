/** What shoppers do in a queue over HTTP, in tests in workerd: enter, look, leave. */
import { expect } from 'vitest';
import type { QueueEntry, QueueEntryAnswer } from '../contract/queue.ts';
import { call, type Shopper } from './shop.ts';

export function enterQueue(
  { token }: Shopper,
  eventItemId: string,
  body?: { quantity?: number; minQuantity?: number },
): Promise<Response> {
  return call('POST', `/queue/${eventItemId}`, { token, ...(body && { body }) });
}

/** A new entry, which is answered 201. */
export async function enter(...asked: Parameters<typeof enterQueue>): Promise<QueueEntry> {
  const answer = await enterQueue(...asked);
  expect(answer.status).toBe(201);
  return (await answer.json<QueueEntryAnswer>()).entry;
}

export async function readEntry({ token }: Shopper, { id }: { id: string }): Promise<QueueEntry> {
  const answer = await call('GET', `/queue/${id}`, { token });
  expect(answer.status).toBe(200);
  return (await answer.json<QueueEntryAnswer>()).entry;
}

export function leaveQueue({ token }: Shopper, { id }: { id: string }): Promise<Response> {
  return call('POST', `/queue/${id}/leave`, { token });
}
