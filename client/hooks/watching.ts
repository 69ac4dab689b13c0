/**
 * An event's socket while someone looks: opened, listened to, opened again after it dropped.
 * Must not know what becomes of what it tells.
 */
import type { LiveSocket } from '../shop.ts';
import { CLOSE_NOT_FOUND, type LiveNews, readSnapshot, reconnectMs } from '../state/live.ts';
import { onWake } from './wake.ts';

export interface Watching {
  open(): LiveSocket;
  /** From 0 to 1. */
  random(): number;
  hear(news: LiveNews): void;
  /** Told a moment after a socket is lost, to ask for what was missed. */
  onDropped(): void;
}

/** A socket that says nothing for this long, not even that it is there, is given up. */
const PING_EVERY_MS = 25_000;
/** After a sleep or another network it is given up sooner, since nobody tells that it is dead. */
const PONG_MS_MAX = 3_000;
/** Whoever dropped asks for what was missed, spread over this long. */
const MISSED_SPREAD_MS = 3_000;

/** @returns a function that closes the socket and opens no other. */
export function keepWatching({ open, random, hear, onDropped }: Watching): () => void {
  let socket: LiveSocket | null = null;
  let failures = 0;
  let isGone = false;
  let hasHeard = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let missed: ReturnType<typeof setTimeout> | undefined;
  let answer: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    clearTimeout(again);
    if (socket !== null || isGone || document.visibilityState !== 'visible') return;
    const opened = open();
    socket = opened;
    hasHeard = true;
    opened.addEventListener('message', ({ data }) => {
      if (socket !== opened) return;
      hasHeard = true;
      const snapshot = readSnapshot(String(data));
      if (snapshot === null) return;
      failures = 0;
      hear({ kind: 'told', snapshot });
    });
    opened.addEventListener('close', ({ code }) => {
      if (socket !== opened) return;
      if (code === CLOSE_NOT_FOUND) isGone = true;
      drop();
    });
  }
  function leave() {
    clearTimeout(answer);
    if (socket === null) return;
    const left = socket;
    // First, so that nothing it still says is heard.
    socket = null;
    left.close();
    hear({ kind: 'dropped' });
  }
  function drop() {
    leave();
    again = setTimeout(connect, reconnectMs(failures, random()));
    failures++;
    clearTimeout(missed);
    missed = setTimeout(onDropped, random() * MISSED_SPREAD_MS);
  }
  function ping() {
    if (socket === null) return;
    if (!hasHeard) return drop();
    ask(socket);
  }
  function ask(asked: LiveSocket) {
    hasHeard = false;
    if (asked.readyState === WebSocket.OPEN) asked.send('ping');
  }
  function wake() {
    if (socket?.readyState !== WebSocket.OPEN) return connect();
    ask(socket);
    clearTimeout(answer);
    answer = setTimeout(() => {
      if (hasHeard) return;
      // Only this page is concerned, so nobody is spared by waiting.
      leave();
      connect();
      onDropped();
    }, PONG_MS_MAX);
  }
  function look() {
    if (document.visibilityState === 'hidden') {
      clearTimeout(again);
      leave();
    }
  }

  connect();
  const pinging = setInterval(ping, PING_EVERY_MS);
  const stopWake = onWake(wake);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(pinging);
    clearTimeout(again);
    clearTimeout(missed);
    stopWake();
    document.removeEventListener('visibilitychange', look);
    leave();
  };
}
