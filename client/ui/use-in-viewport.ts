/** Whether an element is on the screen, or will be with a little more scrolling. */
import { useEffect, useRef, useState } from 'preact/hooks';

/** About a screen of a phone: what is asked for then is there when it comes into view. */
const MARGIN = '600px';

export function useInViewport<Seen extends HTMLElement>() {
  const seen = useRef<Seen>(null);
  const [isInViewport, setIsInViewport] = useState(false);
  useEffect(() => {
    if (seen.current === null) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => setIsInViewport(entry?.isIntersecting ?? false),
      { rootMargin: MARGIN },
    );
    observer.observe(seen.current);
    return () => observer.disconnect();
  }, []);
  return { seen, isInViewport };
}
