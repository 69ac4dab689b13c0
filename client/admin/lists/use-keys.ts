/** Keys that are pressed within an element, whatever has the focus there. Must not know what they do. */
import { useEffect, useRef } from 'preact/hooks';

export function useKeys<Shown extends HTMLElement>(onKey: (event: KeyboardEvent) => void) {
  const shown = useRef<Shown>(null);
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const element = shown.current;
    const listen = (event: KeyboardEvent) => latest.current(event);
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  }, []);
  return shown;
}
