/** One item on the event's screen: its card, and what can be done with it. */
import { useEffect } from 'preact/hooks';
import { Lazy } from '../lazy/lazy.tsx';
import { TEXTS } from '../texts/texts.ts';
import { ItemCard } from './item-card.tsx';
import { ItemPrice, ItemSale, type ItemSaleProps } from './item-sale.tsx';

export function EventItemRow(sale: ItemSaleProps) {
  const { event, variants, store } = sale;
  const { item } = store.shownOf(variants);
  const href = `/events/${event.id}/items/${item.id}`;
  const place = item.variant ? item.itemId : item.id;
  // Whoever comes back from signing in is led to the item that they were about to buy.
  useEffect(() => {
    if (variants.some(({ id }) => location.hash === `#${id}`))
      document.getElementById(place)?.scrollIntoView({ block: 'end' });
  }, []);
  return (
    <ItemCard
      item={item}
      place={place}
      href={href}
      price={<ItemPrice {...sale} class="item-price" />}
      rating={
        <Lazy waiting={<a href={href}>{TEXTS.itemDetails}</a>}>
          {({ ItemRating }) =>
            // Called, so that it takes over the link that is there: see LazyProps.
            ItemRating({ itemId: item.itemId, name: item.name, href })
          }
        </Lazy>
      }
    >
      <ItemSale {...sale} />
    </ItemCard>
  );
}
