/** The key `/`, which leads to the console's search from anywhere but a field. Must not know what is searched. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

export const SEARCH_KEY = '/';

/** Where what is typed is text, or a key has a meaning of its own. */
const TYPED = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

export function useSearchKey(field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = event;
      if (key !== SEARCH_KEY || ctrlKey || metaKey || altKey || isComposing) return;
      const isTyped = target instanceof Element && target.closest(TYPED) !== null;
      // Behind a dialog nothing can be reached.
      if (defaultPrevented || isTyped || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
