/**
 * The time left in the tab's title, for whoever waits in another one: of an offer from the queue, with the words
 * that it is one's turn; else until a hold ends, or until the sale opens. Draws nothing.
 */
import { useEffect } from 'preact/hooks';
import { clockDigits } from '../format/times.ts';
import { endsMs, nextHoldChangeMs, shownHolds } from '../holds/shown-holds.ts';
import { useShop } from '../shop/shop.ts';
import { useNowUntil, useRemainingMs } from '../shop/use-server-time.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** What is further away is no countdown yet. */
const SHOWN_MS_MAX = 24 * 60 * 60 * 1_000;

/** @param opensAtMs in epoch milliseconds; null where nothing is to open */
export function TabCountdown({ opensAtMs = null }: { opensAtMs?: number | null }) {
  const { clock, holds } = useShop();
  const known = holds.current.value;
  const nowMs = useNowUntil(nextHoldChangeMs(known, clock.nowMs()));
  const { running } = shownHolds(known, nowMs);
  const turn = running.find(({ entryId }) => entryId);
  const hold = turn ?? running[0];
  const momentMs = hold ? endsMs(hold) : opensAtMs;
  return momentMs === null ? null : <TitleDigits momentMs={momentMs} isTurn={turn !== undefined} />;
}

/** By the clock and not by counting: a tab in the background has few and late timers. */
function TitleDigits({ momentMs, isTurn }: { momentMs: number; isTurn: boolean }) {
  const remainingMs = useRemainingMs(momentMs);
  const isShown = remainingMs > 0 && remainingMs <= SHOWN_MS_MAX;
  const digits = isShown ? clockDigits(remainingMs) : null;
  useEffect(() => {
    if (digits === null) return undefined;
    const prefix = isTurn ? `${LAZY_TEXTS.queue.turnInTab(digits)} \u2022 ` : `${digits} · `;
    let isOver = false;
    // Once the screen around it has given the page its title, which it does after this.
    queueMicrotask(() => {
      if (!isOver) document.title = prefix + document.title;
    });
    return () => {
      isOver = true;
      // The screen may have another title since.
      if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length);
    };
  }, [digits, isTurn]);
  return null;
}
