/**
 * Viewers of an event as a program of their own, controlled by messages: what they
 * cost must not be the load's. They look at nothing but where a message ends.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { LiveSnapshot } from '../../worker/contract/live.ts';
import { inParallel } from '../rehearse/limiter.ts';
import type { ViewersAnswer, ViewersOrder } from './viewers-messages.ts';
import { readFrames } from './web-socket-frames.ts';

const CONNECTING_AT_ONCE = 64;
const KEY_BYTES = 16;
const HEAD_END = '\r\n\r\n';

interface Viewer {
  socket: Socket;
  messages: number;
  last: Buffer | undefined;
  lastAtMs: number;
}

let viewers: Viewer[] = [];
let lost = 0;

process.on('message', (order: ViewersOrder) => void obey(order));
process.on('disconnect', () => process.exit());

async function obey(order: ViewersOrder): Promise<void> {
  if (order.kind === 'watch') {
    lost = 0;
    viewers = [];
    await inParallel(CONNECTING_AT_ONCE, order.count, async () => {
      viewers.push(await watch(order.port, order.path));
    });
    answer({ kind: 'watching' });
  } else if (order.kind === 'look') {
    const upToDate = viewers.filter(({ last }) => remainingIn(last) === order.remaining);
    answer({
      kind: 'seen',
      lost,
      messages: viewers.reduce((sum, { messages }) => sum + messages, 0),
      behind: viewers.length - upToDate.length,
      atMs: upToDate.map(({ lastAtMs }) => lastAtMs),
    });
  } else {
    for (const { socket } of viewers.splice(0)) socket.destroy();
    answer({ kind: 'left' });
  }
}

function answer(said: ViewersAnswer): void {
  process.send?.(said);
}

/** Parsed when asked only: nobody needs the messages before the last one. */
function remainingIn(message: Buffer | undefined): number | undefined {
  if (message === undefined) return undefined;
  return (JSON.parse(message.toString()) as LiveSnapshot).items[0]?.remaining;
}

/** Resolves with the first message. */
function watch(port: number, path: string): Promise<Viewer> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const viewer: Viewer = { socket, messages: 0, last: undefined, lastAtMs: 0 };
  let rest: Buffer | undefined;
  let isOpen = false;
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => {
      if (viewers.includes(viewer)) lost++;
      reject(new Error('the socket was closed'));
    });
    socket.on('data', (chunk) => {
      let bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
      rest = undefined;
      if (!isOpen) {
        const end = bytes.indexOf(HEAD_END);
        if (end < 0) {
          rest = bytes;
          return;
        }
        isOpen = bytes.toString('latin1', 0, end).startsWith('HTTP/1.1 101');
        if (!isOpen) return reject(new Error(bytes.toString('latin1', 0, end)));
        bytes = bytes.subarray(end + HEAD_END.length);
      }
      const frames = readFrames(bytes);
      rest = frames.rest;
      if (frames.last === undefined) return;
      viewer.messages += frames.count;
      viewer.last = frames.last;
      viewer.lastAtMs = performance.timeOrigin + performance.now();
      resolve(viewer);
    });
    socket.write(
      [
        `GET ${path} HTTP/1.1`,
        'Host: bench.local',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(KEY_BYTES).toString('base64')}`,
        HEAD_END.slice(2),
      ].join('\r\n'),
    );
  });
}
