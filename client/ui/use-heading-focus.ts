/** A screen that was fetched takes the focus as one that was there: at its title, unless it is in use. */
import { useEffect } from 'preact/hooks';

export function useHeadingFocus() {
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement !== null && activeElement !== body) return;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, []);
}
