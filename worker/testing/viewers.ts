/** A viewer of an event in tests in workerd: a socket, and what it was sent. */
import { expect } from 'vitest';
import type { EventId } from '../contract/ids.ts';
import { type LiveDiscussion, type LiveSnapshot, liveMessageSchema } from '../contract/live.ts';
import { call } from './shop.ts';

export const UPGRADE = { Upgrade: 'websocket' };

export async function watch(eventId: EventId) {
  const answer = await call('GET', `/events/${eventId}/live`, { headers: UPGRADE });
  expect(answer.status).toBe(101);
  const socket = answer.webSocket;
  if (socket === null) throw new Error('there is no socket');
  const seen: LiveSnapshot[] = [];
  const discussed: LiveDiscussion[] = [];
  const said: string[] = [];
  let look: (() => void) | undefined;
  const closed = Promise.withResolvers<number>();
  socket.addEventListener('message', ({ data }) => {
    if (data === 'pong') said.push(data);
    else {
      const message = liveMessageSchema.parse(JSON.parse(String(data)));
      if (message.v === 1) seen.push(message);
      else discussed.push(message);
    }
    look?.();
  });
  socket.addEventListener('close', ({ code }) => closed.resolve(code));
  socket.accept();
  /** Waits until what was seen is as wanted. */
  const until = (isEnough: () => boolean) =>
    new Promise<void>((done) => {
      look = () => {
        if (isEnough()) done();
      };
      look();
    });
  const last = () => seen.at(-1);
  return { socket, seen, discussed, said, last, until, closed: closed.promise };
}
