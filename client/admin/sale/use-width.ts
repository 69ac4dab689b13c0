/** How wide a chart is drawn. Must not draw. */
import { useEffect, useRef, useState } from 'preact/hooks';

const WIDTH_UNMEASURED = 640;

/** A chart is drawn at its real width, so that the words in it keep their size. @returns that, and what measures it */
export function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH_UNMEASURED);
  useEffect(() => {
    if (ref.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
