/** One item on the event's screen: its card, and what can be done with it. */
import { useEffect } from 'preact/hooks';
import { Lazy } from '../lazy/lazy.tsx';
import { ItemAction, type ItemActionProps } from '../purchase/item-action.tsx';
import { ItemNote } from '../purchase/item-note.tsx';
import { offerOf } from '../sale/sale.ts';
import { useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';
import { ItemCard } from './item-card.tsx';
import { Unverified } from './sale-conditions.tsx';

export interface EventItemRowProps extends Omit<ItemActionProps, 'unverified'> {
  readonly eventId: string;
  readonly currency: string;
}

export function EventItemRow({ eventId, currency, ...action }: EventItemRowProps) {
  const { item } = action;
  const { locale } = useShop();
  const href = `/events/${eventId}/items/${item.id}`;
  // Whoever comes back from signing in is led to the item that they were about to buy.
  useEffect(() => {
    if (location.hash === `#${item.id}`)
      document.getElementById(item.id)?.scrollIntoView({ block: 'end' });
  }, []);
  return (
    <ItemCard
      item={item}
      currency={currency}
      locale={locale}
      href={href}
      rating={
        <Lazy waiting={<a href={href}>{TEXTS.itemDetails}</a>}>
          {({ ItemRating }) => <ItemRating itemId={item.itemId} name={item.name} href={href} />}
        </Lazy>
      }
    >
      <ItemAction {...action} unverified={<Unverified place={item.id} />} />
      <ItemNote item={item} offer={offerOf(item.stock, action.status)} />
    </ItemCard>
  );
}
