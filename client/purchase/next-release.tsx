/** When the next hold of an item ends, by which a unit may come back. Must not promise one. */
import { clockDigits } from '../format/times.ts';
import { Ticking } from '../shop/ticking.tsx';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

export function NextRelease({ momentMs }: { momentMs: number }) {
  const { purchase } = LAZY_TEXTS;
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
