/** How far down each entry of the browser's history was left, so that Back leads to the same place. */
import { useEffect } from 'preact/hooks';

/** Safari takes a hundred changes of the history in thirty seconds. */
const KEEP_SCROLL_AFTER_MS = 350;
/** About a second of frames: what loads later does not take the place from whoever reads. */
const FRAMES_MAX = 60;

let isKeeping = false;

/** From when it is drawn first, for as long as the page is there. Draws nothing. */
export function ScrollPlaces() {
  useEffect(() => {
    if (!isKeeping) keepScrollPlaces(window);
    isKeeping = true;
  }, []);
  return null;
}

/** The browser itself would scroll before the page is drawn, and so not far enough. */
function keepScrollPlaces(page: Window) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame: number | undefined;
  page.history.scrollRestoration = 'manual';

  function read(): number {
    return (page.history.state as { scrollY?: number } | null)?.scrollY ?? 0;
  }
  function write(scrollY: number) {
    if (read() === scrollY) return;
    page.history.replaceState({ ...(page.history.state as object | null), scrollY }, '');
  }
  function keep() {
    clearTimeout(timer);
    timer = undefined;
    if (frame === undefined) write(page.scrollY);
  }
  function stop() {
    if (frame !== undefined) page.cancelAnimationFrame(frame);
    frame = undefined;
  }
  function restore() {
    stop();
    clearTimeout(timer);
    timer = undefined;
    const scrollY = read();
    const tryAgain = (left: number) => {
      page.scrollTo(0, scrollY);
      const isThere = Math.abs(page.scrollY - scrollY) < 2;
      frame =
        isThere || left === 0 ? undefined : page.requestAnimationFrame(() => tryAgain(left - 1));
    };
    frame = page.requestAnimationFrame(() => tryAgain(FRAMES_MAX));
  }
  page.addEventListener('scroll', () => {
    if (frame === undefined) timer ??= setTimeout(keep, KEEP_SCROLL_AFTER_MS);
  });
  // Before the link that is pressed changes the entry, and before the page goes away.
  page.addEventListener('click', keep, { capture: true });
  page.addEventListener('pagehide', keep);
  page.addEventListener('popstate', restore);
  for (const own of ['wheel', 'touchstart', 'keydown']) page.addEventListener(own, stop);
  if (read() > 0) restore();
}
