/**
 * An event's socket while someone looks: opened, listened to, opened again after it dropped.
 * Must not know what becomes of what it tells.
 */
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { type LiveSocket, useShop } from '../shop.ts';
import {
  CLOSE_NOT_FOUND,
  hearLive,
  type Live,
  type LiveNews,
  NOT_LIVE,
  readMessage,
  reconnectMs,
} from '../state/live.ts';
import { onWake } from './wake.ts';

/** A socket that says nothing for this long, not even that it is there, is given up. */
const PING_EVERY_MS = 25_000;
/** Whoever dropped asks for what was missed, spread over this long. */
const MISSED_SPREAD_MS = 3_000;

/** @param onDropped told a moment after a socket that had told something is lost. */
export function useLive(eventId: string, onDropped: () => void): Live {
  const { watch, random } = useShop();
  const [live, hear] = useReducer(hearLive, NOT_LIVE);
  const latest = useRef(onDropped);
  latest.current = onDropped;
  useEffect(
    () =>
      keepWatching({
        open: () => watch(eventId),
        random,
        hear,
        onDropped: () => latest.current(),
      }),
    [eventId, watch, random],
  );
  return live;
}

interface Watching {
  open(): LiveSocket;
  random(): number;
  hear(news: LiveNews): void;
  onDropped(): void;
}

/** @returns a function that closes the socket and opens no other. */
function keepWatching({ open, random, hear, onDropped }: Watching): () => void {
  let socket: LiveSocket | null = null;
  let failures = 0;
  let isGone = false;
  let hasHeard = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let missed: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    clearTimeout(again);
    if (socket !== null || isGone || document.visibilityState !== 'visible') return;
    const opened = open();
    socket = opened;
    hasHeard = true;
    opened.addEventListener('message', ({ data }) => {
      if (socket !== opened) return;
      hasHeard = true;
      const news = readMessage(String(data));
      if (news === null) return;
      if (news.kind === 'told') failures = 0;
      hear(news);
    });
    opened.addEventListener('close', ({ code }) => {
      if (socket !== opened) return;
      if (code === CLOSE_NOT_FOUND) isGone = true;
      drop();
    });
  }
  function leave() {
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
    hasHeard = false;
    if (socket.readyState === WebSocket.OPEN) socket.send('ping');
  }
  function look() {
    if (document.visibilityState === 'hidden') {
      clearTimeout(again);
      leave();
    }
  }

  connect();
  const pinging = setInterval(ping, PING_EVERY_MS);
  const stopWake = onWake(connect);
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
