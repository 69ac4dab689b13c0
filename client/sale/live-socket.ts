/**
 * An event's socket while someone looks: opened, listened to, opened again after it dropped.
 * Must not know what becomes of what it sends.
 */

import { onWake } from '../time/wake.ts';
import { CLOSE_NOT_FOUND, type LiveUpdate, readMessage, reconnectMs } from './live.ts';

/** What of a WebSocket is used. */
export type LiveSocket = Pick<WebSocket, 'addEventListener' | 'readyState' | 'send' | 'close'>;

export interface LiveSocketPorts {
  open(): LiveSocket;
  /** From 0 to 1. */
  random(): number;
  onUpdate(update: LiveUpdate): void;
  /** Told a moment after a socket is lost, to ask for what was missed. */
  onDropped(): void;
}

/** A socket that sends nothing for this long, not even a pong, is given up. */
const PING_EVERY_MS = 25_000;
/** After a sleep or another network it is given up sooner, since no event tells that it is dead. */
const PONG_MS_MAX = 3_000;
/** Whoever dropped asks for what was missed, spread over this long. */
const MISSED_SPREAD_MS = 3_000;

/** @returns a function that closes the socket and opens no other. */
export function keepLiveSocket({ open, random, onUpdate, onDropped }: LiveSocketPorts): () => void {
  let socket: LiveSocket | null = null;
  let heartbeat: Heartbeat | undefined;
  let failures = 0;
  let isGone = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let missed: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    clearTimeout(again);
    if (socket !== null || isGone || document.visibilityState !== 'visible') return;
    const opened = open();
    const beating = startHeartbeat(opened, drop);
    socket = opened;
    heartbeat = beating;
    opened.addEventListener('message', ({ data }) => {
      if (socket !== opened) return;
      beating.onMessage();
      const update = readMessage(String(data));
      if (update === null) return;
      if (update.kind === 'snapshot') failures = 0;
      onUpdate(update);
    });
    opened.addEventListener('close', ({ code }) => {
      if (socket !== opened) return;
      if (code === CLOSE_NOT_FOUND) isGone = true;
      drop();
    });
  }
  function leave() {
    heartbeat?.stop();
    if (socket === null) return;
    const left = socket;
    // First, so that none of its last messages counts.
    socket = null;
    left.close();
    onUpdate({ kind: 'dropped' });
  }
  function drop() {
    leave();
    again = setTimeout(connect, reconnectMs(failures, random()));
    failures++;
    clearTimeout(missed);
    missed = setTimeout(onDropped, random() * MISSED_SPREAD_MS);
  }
  function wake() {
    if (socket === null) return connect();
    heartbeat?.check(() => {
      // Only this page is concerned, so nobody is spared by waiting.
      leave();
      connect();
      onDropped();
    });
  }

  connect();
  const stopWake = onWake(wake);
  const stopHidden = onHidden(() => {
    clearTimeout(again);
    leave();
  });
  return () => {
    clearTimeout(again);
    clearTimeout(missed);
    stopWake();
    stopHidden();
    leave();
  };
}

interface Heartbeat {
  onMessage(): void;
  /** Asks now; calls back if no message comes soon. */
  check(onDead: () => void): void;
  stop(): void;
}

/** Asks a socket now and then whether it is still there: one that is cut off sends nothing. */
function startHeartbeat(socket: LiveSocket, onLost: () => void): Heartbeat {
  let hasAnswered = true;
  let answer: ReturnType<typeof setTimeout> | undefined;
  let asking = setInterval(beat, PING_EVERY_MS);

  function beat() {
    if (hasAnswered) ask();
    else onLost();
  }
  function ask() {
    hasAnswered = false;
    if (socket.readyState === WebSocket.OPEN) socket.send('ping');
  }
  function stop() {
    clearInterval(asking);
    clearTimeout(answer);
  }
  return {
    onMessage: () => {
      hasAnswered = true;
    },
    check: (onDead) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      stop();
      asking = setInterval(beat, PING_EVERY_MS);
      ask();
      answer = setTimeout(() => {
        if (!hasAnswered) onDead();
      }, PONG_MS_MAX);
    },
    stop,
  };
}

function onHidden(hide: () => void): () => void {
  const look = () => {
    if (document.visibilityState === 'hidden') hide();
  };
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}
