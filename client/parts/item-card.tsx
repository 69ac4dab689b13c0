/** One item of a sale: picture, name, price, stock. What can be done with it is its children. */
import type { ComponentChildren } from 'preact';
import type { EventItem } from '../../worker/contract/events.ts';
import { formatMoney } from '../state/money.ts';
import { TEXTS } from '../texts.ts';
import { StockBar } from './stock-bar.tsx';

export interface ItemCardProps {
  readonly item: EventItem;
  readonly currency: string;
  readonly locale: string;
  readonly children: ComponentChildren;
}

export function ItemCard({ item, currency, locale, children }: ItemCardProps) {
  return (
    <article class="item">
      <div class="item-picture">
        {item.imageUrl && (
          <img src={item.imageUrl} alt="" width="4" height="3" loading="lazy" decoding="async" />
        )}
      </div>
      <div class="item-body">
        <div class="item-head">
          <h3 class="item-name">{item.name}</h3>
          <p class="item-price">{formatMoney(item.priceCents, { currency, locale })}</p>
        </div>
        {item.description && <p class="item-description">{item.description}</p>}
        <StockBar stock={item.stock} />
        <p class="item-limit">{TEXTS.limitPerCustomer(item.limitPerCustomer)}</p>
        {children}
      </div>
    </article>
  );
}
