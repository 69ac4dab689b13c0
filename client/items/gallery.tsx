/** All pictures of an item, to be swiped; without script they are a list that scrolls, and each a link to its largest. */
import { useRef } from 'preact/hooks';
import { Lazy } from '../lazy/lazy.tsx';
import { TEXTS } from '../texts/texts.ts';
import { PictureTile } from '../ui/picture.tsx';
import { GALLERY_SIZES } from '../ui/picture-sizes.ts';

export interface GalleryProps {
  /** Of the item. */
  readonly name: string;
  readonly pictures: readonly string[];
}

export function Gallery({ name, pictures }: GalleryProps) {
  const list = useRef<HTMLUListElement>(null);
  const count = pictures.length;
  if (count === 0) return <PictureTile class="item-picture" url={null} name={name} />;
  return (
    <div class="gallery" key={pictures.join()}>
      {/* By the arrow keys it scrolls as the browser has it: from picture to picture. */}
      <ul
        ref={list}
        class="gallery-pictures"
        aria-label={TEXTS.pictures}
        {...(count > 1 && { tabIndex: 0 })}
      >
        {pictures.map((url, n) => (
          <li key={url}>
            <a href={url} target="_top">
              <PictureTile
                class="item-picture"
                url={url}
                name={name}
                alt={TEXTS.pictureNth(n + 1, count)}
                sizes={GALLERY_SIZES}
                isFirst={n === 0}
              />
            </a>
          </li>
        ))}
      </ul>
      <Lazy waiting={count > 1 && <div class="gallery-thumbs" />}>
        {({ GalleryMore }) => <GalleryMore pictures={pictures} list={list} />}
      </Lazy>
    </div>
  );
}
