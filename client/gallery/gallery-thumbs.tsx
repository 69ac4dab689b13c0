/** Small pictures below the large one: which one is shown, and a press away each other. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PictureTile } from '../ui/picture.tsx';
import { showIn, shownIn } from './gallery-list.ts';

export interface GalleryPartProps {
  readonly pictures: readonly string[];
  /** The list that shows them. */
  readonly list: RefObject<HTMLElement | null>;
}

export function GalleryThumbs({ pictures, list }: GalleryPartProps) {
  const [shown, setShown] = useState(0);
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const look = () => setShown(shownIn(element));
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, []);
  return (
    <>
      {pictures.map((url, n) => (
        <button
          type="button"
          key={url}
          aria-label={LAZY_TEXTS.gallery.show(n + 1)}
          aria-current={n === shown ? 'true' : undefined}
          onClick={() => list.current && showIn(list.current, n)}
        >
          <PictureTile class="gallery-thumb" url={url} name="" sizes="4rem" />
        </button>
      ))}
    </>
  );
}
