/** One item of a sale: picture, name, price, stock. What can be done with it is its children. */
import type { ComponentChildren } from 'preact';
import type { EventItem } from '../../worker/contract/events.ts';
import { formatMoney } from '../format/money.ts';
import { Picture } from '../ui/picture.tsx';
import { StockBar } from '../ui/stock-bar.tsx';

/** Four to three, as the style sheet crops it. */
const PICTURE_WIDTH = 800;
const PICTURE_HEIGHT = 600;

export interface ItemCardProps {
  readonly item: EventItem;
  readonly currency: string;
  readonly locale: string;
  /** Where the item has a screen of its own. */
  readonly href: string;
  /** What others say of it. */
  readonly rating: ComponentChildren;
  readonly children: ComponentChildren;
}

export function ItemCard({ item, currency, locale, href, rating, children }: ItemCardProps) {
  return (
    <article class="item" id={item.id}>
      <ItemPicture item={item} />
      <div class="item-body">
        <div class="item-head">
          <h3 class="item-name">
            <a href={href} dir="auto">
              {item.name}
            </a>
          </h3>
          <p class="item-price">{formatMoney(item.priceCents, { currency, locale })}</p>
        </div>
        <p class="item-rating">{rating}</p>
        {item.description && (
          <p class="item-description" dir="auto">
            {item.description}
          </p>
        )}
        <StockBar stock={item.stock} />
        {children}
      </div>
    </article>
  );
}

/** Its place is kept before the picture is there. */
export function ItemPicture({ item }: { item: EventItem }) {
  return (
    <div class="item-picture">
      {item.imageUrl && (
        <Picture
          key={item.imageUrl}
          url={item.imageUrl}
          width={PICTURE_WIDTH}
          height={PICTURE_HEIGHT}
        />
      )}
    </div>
  );
}
