/**
 * What each entry of the browser's history had on its page: lists as far as they were loaded, and how
 * far down one was, so that Back leads to the same place. Must not know what is kept.
 */

export interface PageMemory {
  /** What the present entry of the history had under this name. */
  read(name: string): unknown;
  write(name: string, value: unknown): void;
  /** Somebody else is signed in, or nobody. */
  forget(): void;
}

/** More steps back than anybody makes. */
const ENTRIES_MAX = 20;
/** Safari takes a hundred changes of the history in thirty seconds. */
const KEEP_SCROLL_AFTER_MS = 350;
/** About a second of frames: what loads later does not take the place from whoever reads. */
const FRAMES_MAX = 60;

interface EntryState {
  readonly entry: string;
  readonly scrollY: number;
}

/** Where nothing is kept: on the server, and in tests of something else. */
export const NO_MEMORY: PageMemory = {
  read: () => undefined,
  write: () => {},
  forget: () => {},
};

/** @param newKey gives each entry a name of its own, also after a reload */
export function createPageMemory(page: Window, newKey: () => string): PageMemory {
  const kept = new Map<string, Map<string, unknown>>();

  function state(): EntryState {
    const known = page.history.state as EntryState | null;
    if (known?.entry !== undefined) return known;
    return setState({ entry: newKey(), scrollY: 0 });
  }
  function setState(next: EntryState): EntryState {
    page.history.replaceState(next, '');
    return next;
  }
  keepPlace(page, {
    read: () => state().scrollY,
    write: (scrollY) => {
      if (state().scrollY !== scrollY) setState({ ...state(), scrollY });
    },
  });
  return {
    read: (name) => kept.get(state().entry)?.get(name),
    write: (name, value) => {
      const { entry } = state();
      const values = kept.get(entry) ?? new Map<string, unknown>();
      kept.delete(entry);
      kept.set(entry, values.set(name, value));
      const [oldest] = kept.keys();
      if (kept.size > ENTRIES_MAX && oldest !== undefined) kept.delete(oldest);
    },
    forget: () => kept.clear(),
  };
}

interface Place {
  read(): number;
  write(scrollY: number): void;
}

/** The browser itself would scroll before the page is drawn, and so not far enough. */
function keepPlace(page: Window, place: Place) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame: number | undefined;
  page.history.scrollRestoration = 'manual';

  function keep() {
    clearTimeout(timer);
    timer = undefined;
    if (frame === undefined) place.write(page.scrollY);
  }
  function stop() {
    if (frame !== undefined) page.cancelAnimationFrame(frame);
    frame = undefined;
  }
  function restore() {
    stop();
    clearTimeout(timer);
    timer = undefined;
    const scrollY = place.read();
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
  if (place.read() > 0) restore();
}
