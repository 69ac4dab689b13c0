/** What the gallery of an item has besides its pictures, and no first screen needs. */
import { type GalleryPartProps, GalleryThumbs } from './gallery-thumbs.tsx';
import { GalleryZoom } from './gallery-zoom.tsx';

export function GalleryMore(part: GalleryPartProps) {
  return (
    <>
      {part.pictures.length > 1 && (
        <div class="gallery-thumbs">
          <GalleryThumbs {...part} />
        </div>
      )}
      <GalleryZoom {...part} />
    </>
  );
}
