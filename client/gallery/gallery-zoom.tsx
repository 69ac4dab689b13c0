/** The pictures of an item over the whole screen: swiped as before, and a press shows one larger. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Picture } from '../ui/picture.tsx';
import { showIn, shownIn, steppedTo } from './gallery-list.ts';
import type { GalleryPartProps } from './gallery-thumbs.tsx';

/** Opened by a press on one of the pictures in the list. */
export function GalleryZoom({ pictures, list }: GalleryPartProps) {
  const [from, setFrom] = useState<number | null>(null);
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const open = (press: MouseEvent) => {
      // Elsewhere, or saved: the browser's own way with a link.
      if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return;
      const pressed = (press.target as Element).closest('li');
      if (pressed === null) return;
      press.preventDefault();
      setFrom([...element.children].indexOf(pressed));
    };
    element.addEventListener('click', open);
    return () => element.removeEventListener('click', open);
  }, []);
  if (from === null) return null;
  return (
    <Zoom
      pictures={pictures}
      from={from}
      onClose={(shown) => {
        // The page shows the one that was looked at last.
        if (list.current) showIn(list.current, shown, 'instant');
        setFrom(null);
      }}
    />
  );
}

export interface ZoomProps {
  readonly pictures: readonly string[];
  /** Which is shown first, from 0. */
  readonly from: number;
  /** @param shown which was shown last */
  onClose(shown: number): void;
}

/** Open as long as it is drawn. */
export function Zoom({ pictures, from, onClose }: ZoomProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const large = useRef<HTMLUListElement>(null);
  /** Kept while it is open: closed, the list has no width. */
  const shown = useRef(from);
  function focusOn(n: number) {
    large.current?.querySelectorAll('button')[n]?.focus({ preventScroll: true });
  }
  useEffect(() => {
    dialog.current?.showModal();
    if (large.current) showIn(large.current, from, 'instant');
    focusOn(from);
    dialog.current?.addEventListener('keydown', step);
  }, []);
  function step(event: KeyboardEvent) {
    const list = large.current;
    // Of a picture that is larger than the screen, the keys show other parts.
    if ((event.target as Element).closest('[aria-pressed=true]')) return;
    const next = list && steppedTo(list, event.key);
    if (next === null || list === null) return;
    event.preventDefault();
    showIn(list, next);
    focusOn(next);
  }
  return (
    <dialog
      ref={dialog}
      class="zoom"
      aria-label={LAZY_TEXTS.gallery.title}
      onClose={() => onClose(shown.current)}
    >
      <ul
        ref={large}
        class="zoom-pictures"
        aria-label={LAZY_TEXTS.gallery.title}
        onScroll={({ currentTarget }) => {
          if (currentTarget.clientWidth > 0) shown.current = shownIn(currentTarget);
        }}
      >
        {pictures.map((url, n) => (
          <li key={url}>
            <Zoomable url={url} n={n + 1} count={pictures.length} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="button button-quiet zoom-close"
        onClick={() => dialog.current?.close()}
      >
        {LAZY_TEXTS.gallery.close}
      </button>
    </dialog>
  );
}

function Zoomable({ url, n, count }: { url: string; n: number; count: number }) {
  const [isLarge, setIsLarge] = useState(false);
  return (
    <button
      type="button"
      class="zoom-picture"
      aria-pressed={isLarge}
      aria-label={LAZY_TEXTS.gallery.enlarge(n, count)}
      onClick={() => setIsLarge(!isLarge)}
    >
      <Picture url={url} isFirst sizes={isLarge ? '200vw' : '100vw'} />
    </button>
  );
}
