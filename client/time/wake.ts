/** When the page comes back to life: shown again, online again, or awake after a sleep. */
import { isSuspect } from './clock.ts';

/** No visibility event comes from a laptop lid; the two clocks drifting apart do. */
const SLEEP_CHECK_MS = 2_000;

/** @returns a function that stops listening */
export function onWake(wake: () => void): () => void {
  const ifVisible = () => {
    if (document.visibilityState === 'visible') wake();
  };
  // Every page load ends in a pageshow; only one out of the back-forward cache is a waking.
  const ifRestored = ({ persisted }: PageTransitionEvent) => {
    if (persisted) ifVisible();
  };
  let before = clockPair();
  const sleepCheck = setInterval(() => {
    const after = clockPair();
    if (isSuspect(before, after)) ifVisible();
    before = after;
  }, SLEEP_CHECK_MS);
  document.addEventListener('visibilitychange', ifVisible);
  addEventListener('online', ifVisible);
  addEventListener('pageshow', ifRestored);
  return () => {
    clearInterval(sleepCheck);
    document.removeEventListener('visibilitychange', ifVisible);
    removeEventListener('online', ifVisible);
    removeEventListener('pageshow', ifRestored);
  };
}

function clockPair() {
  return { wallMs: Date.now(), monotonicMs: performance.now() };
}
