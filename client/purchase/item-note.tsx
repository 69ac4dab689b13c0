/**
 * The one line under what can be done with an item: its limit, or when a unit may come back. Its
 * place is as high whatever it shows, so that nothing below it moves when stock runs out.
 */

import { clockDigits } from '../format/times.ts';
import type { LiveItem } from '../sale/live.ts';
import type { Offer } from '../sale/sale.ts';
import { Ticking } from '../shop/ticking.tsx';
import { TEXTS } from '../texts/texts.ts';

export function ItemNote({ item, offer }: { item: LiveItem; offer: Offer }) {
  return (
    <div class="item-note">
      {offer === 'all_held' ? (
        <>
          <p>{TEXTS.allHeldHint}</p>
          {item.nextReleaseAtMs && (
            <Ticking momentMs={item.nextReleaseAtMs}>
              {(remainingMs) => <NextRelease remainingMs={remainingMs} />}
            </Ticking>
          )}
        </>
      ) : (
        offer !== 'closed' && <p>{TEXTS.limitPerCustomer(item.limitPerCustomer)}</p>
      )}
    </div>
  );
}

function NextRelease({ remainingMs }: { remainingMs: number }) {
  if (remainingMs <= 0) return <p class="next-release">{TEXTS.nextReleaseNow}</p>;
  return (
    <p class="next-release">
      {TEXTS.nextReleaseIn}{' '}
      <strong role="timer" key={remainingMs} translate={false}>
        {clockDigits(remainingMs)}
      </strong>
    </p>
  );
}
