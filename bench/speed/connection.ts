/**
 * One kept-open HTTP connection that sends a ready-made request and waits for its answer. Must not
 * know what is asked: it is bare so that two cores measure the Worker and not the load.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { type HttpAnswer, readAnswer } from './http-answer.ts';

/** Longer than the Worker waits for anything. */
const ANSWER_MS_MAX = 15_000;

export interface Connection {
  /** One request at a time. Rejects when the connection breaks or no answer comes. */
  send(request: string): Promise<HttpAnswer>;
  close(): void;
  /** Closes so that the other side is told at once, and need not find out when it answers. */
  reset(): void;
}

interface Waiting {
  answered(answer: HttpAnswer): void;
  failed(error: Error): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let received: Buffer | undefined;
  let waiting: Waiting | undefined;
  const settle = (act: (one: Waiting) => void): void => {
    const one = waiting;
    waiting = undefined;
    if (one !== undefined) act(one);
  };
  const fail = (error: Error): void => settle(({ failed }) => failed(error));
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed')));
  socket.setTimeout(ANSWER_MS_MAX, () => socket.destroy(new Error('no answer')));
  socket.on('data', (chunk) => {
    received = received === undefined ? chunk : Buffer.concat([received, chunk]);
    try {
      const answer = readAnswer(received);
      if (answer === undefined) return;
      received = undefined;
      settle(({ answered }) => answered(answer));
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  return {
    send: (request) =>
      new Promise((answered, failed) => {
        if (socket.destroyed) return failed(new Error('the connection was closed'));
        waiting = { answered, failed };
        socket.write(request, 'latin1');
      }),
    close: () => socket.destroy(),
    reset: () => socket.resetAndDestroy(),
  };
}

/** A request as bytes that are ASCII throughout. */
export function requestText(
  path: string,
  request: { token?: string; key?: string; json?: string },
): string {
  const { token, key, json } = request;
  return [
    `POST ${path} HTTP/1.1`,
    'Host: bench.local',
    'Accept: application/json',
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(key === undefined ? [] : [`Idempotency-Key: "${key}"`]),
    ...(json === undefined ? [] : ['Content-Type: application/json']),
    `Content-Length: ${json?.length ?? 0}`,
    '',
    json ?? '',
  ].join('\r\n');
}
