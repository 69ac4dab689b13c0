/** The pictures of an item over the whole screen: swiped as before, and a press shows one larger. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Picture } from '../ui/picture.tsx';
import { showIn, shownIn } from './gallery-list.ts';
import type { GalleryPartProps } from './gallery-thumbs.tsx';

export function GalleryZoom({ pictures, list }: GalleryPartProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const large = useRef<HTMLUListElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [from, setFrom] = useState(0);
  /** Kept while it is open: closed, the list has no width. */
  const shown = useRef(0);
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
      setIsOpen(true);
    };
    element.addEventListener('click', open);
    return () => element.removeEventListener('click', open);
  }, []);
  useEffect(() => {
    if (!isOpen) return;
    dialog.current?.showModal();
    shown.current = from;
    if (large.current === null) return;
    showIn(large.current, from, 'instant');
    large.current.querySelectorAll('button')[from]?.focus({ preventScroll: true });
  }, [isOpen]);

  function close() {
    // The page shows the one that was looked at last.
    if (list.current) showIn(list.current, shown.current, 'instant');
    setIsOpen(false);
  }
  if (!isOpen) return null;
  return (
    <dialog ref={dialog} class="zoom" aria-label={LAZY_TEXTS.gallery.title} onClose={close}>
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
