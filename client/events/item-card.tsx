/** One item of a sale: picture, name, price. What is sold of it, and how, is its children. */
import type { ComponentChildren } from 'preact';
import type { EventItem } from '../../worker/contract/events.ts';
import { Picture } from '../ui/picture.tsx';

/** Four to three, as the style sheet crops it. */
const PICTURE_WIDTH = 800;
const PICTURE_HEIGHT = 600;

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
      <ItemPicture item={item} />
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
