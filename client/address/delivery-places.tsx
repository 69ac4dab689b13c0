/** On the page of a drop: where it is delivered to, and what that costs. Must not know where the shopper is. */
import { useId } from 'preact/hooks';
import type { EventDetail } from '../../worker/contract/events.ts';
import { formatMoney } from '../format/money.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { namedCountries } from './country-names.ts';

export interface DeliveryPlacesProps {
  readonly event: Pick<EventDetail, 'currency' | 'shipping'>;
}

export function DeliveryPlaces({ event }: DeliveryPlacesProps) {
  const { locale } = useShop();
  const title = useId();
  const { totals, where } = LAZY_TEXTS.address;
  const { currency, shipping } = event;
  return (
    <section class="delivery-places" aria-labelledby={title}>
      <h3 id={title}>{where.title}</h3>
      {shipping.length === 0 && <p>{where.everywhere}</p>}
      {shipping.length > 0 && (
        <ul>
          {shipping.map(({ countries, priceCents }) => {
            const price = formatMoney(priceCents, { currency, locale });
            const names = namedCountries(countries).map(({ name }) => name);
            const place = names.length === 0 ? where.elsewhere : names.join(', ');
            return (
              <li key={countries.join()}>
                {where.line(place, priceCents === 0 ? totals.free : price)}
              </li>
            );
          })}
        </ul>
      )}
      {shipping.some(({ priceCents }) => priceCents > 0) && <p>{where.perOrder}</p>}
    </section>
  );
}
