/**
 * The one line under what can be done with an item: its limit, or when a unit may come back. Its
 * place is as high whatever it shows, so that nothing below it moves when stock runs out.
 */
import { Lazy } from '../lazy/lazy.tsx';
import type { LiveItem } from '../sale/live.ts';
import type { Offer } from '../sale/sale.ts';
import { TEXTS } from '../texts/texts.ts';

export function ItemNote({ item, offer }: { item: LiveItem; offer: Offer }) {
  return (
    <div class="item-note">
      {offer === 'all_held' ? (
        <>
          <p>{TEXTS.allHeldHint}</p>
          {item.nextReleaseAtMs && (
            <Lazy waiting={null}>{({ NextRelease }) => <NextRelease item={item} />}</Lazy>
          )}
        </>
      ) : (
        offer !== 'closed' && (
          <p>
            {TEXTS.limitPerCustomer(item.limitPerCustomer)}
            {item.variant && `. ${TEXTS.limitOverAll}`}
          </p>
        )
      )}
    </div>
  );
}
