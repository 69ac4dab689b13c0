/**
 * When the next hold of an item ends, by which a unit may come back. Must not promise one: where somebody
 * waits it goes to them, and nothing is shown.
 */
import { clockDigits } from '../format/times.ts';
import type { LiveItem } from '../sale/live.ts';
import { Ticking } from '../shop/ticking.tsx';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

export function NextRelease({ item }: { item: LiveItem }) {
  const { purchase } = LAZY_TEXTS;
  const momentMs = item.nextReleaseAtMs;
  if (!momentMs || item.queue.waiting > 0) return null;
  return (
    <Ticking momentMs={momentMs}>
      {(remainingMs) =>
        remainingMs <= 0 ? (
          <p class="next-release">{purchase.nextReleaseNow}</p>
        ) : (
          <p class="next-release">
            {purchase.nextReleaseIn}{' '}
            <strong role="timer" key={remainingMs} translate={false}>
              {clockDigits(remainingMs)}
            </strong>
          </p>
        )
      }
    </Ticking>
  );
}
