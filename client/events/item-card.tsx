/** One item of a sale: picture, name, price. What is sold of it, and how, is its children. */
import type { ComponentChildren } from 'preact';
import type { EventItem } from '../../worker/contract/events.ts';
import { PictureTile } from '../ui/picture.tsx';
import { CARD_SIZES } from '../ui/picture-sizes.ts';

export interface ItemCardProps {
  readonly item: EventItem;
  /** The id of its element, for links to it. */
  readonly place: string;
  /** Where the item has a screen of its own. */
  readonly href: string;
  readonly price: ComponentChildren;
  /** What others say of it. */
  readonly rating: ComponentChildren;
  readonly children: ComponentChildren;
}

export function ItemCard({ item, place, href, price, rating, children }: ItemCardProps) {
  return (
    <article class="item" id={place}>
      <PictureTile class="item-picture" url={item.imageUrl} name={item.name} sizes={CARD_SIZES} />
      <div class="item-body">
        <div class="item-head">
          <h3 class="item-name">
            <a href={href} dir="auto">
              {item.name}
            </a>
          </h3>
          {price}
        </div>
        <p class="item-rating">{rating}</p>
        {item.description && (
          <p class="item-description" dir="auto">
            {item.description}
          </p>
        )}
        {children}
      </div>
    </article>
  );
}
