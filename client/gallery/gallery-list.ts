/** Where a list of pictures that is swiped stands, and how it is moved. In both directions of reading. */

/** Which of them is shown, from 0. */
export function shownIn(list: HTMLElement): number {
  const { scrollLeft, clientWidth } = list;
  return clientWidth === 0 ? 0 : Math.round(Math.abs(scrollLeft) / clientWidth);
}

/** @param behavior `instant` where nothing was shown before */
export function showIn(list: HTMLElement, n: number, behavior?: ScrollBehavior): void {
  list.scrollTo({ left: forwards(list) * n * list.clientWidth, ...(behavior && { behavior }) });
}

/** @returns which one a key leads to, by the direction of reading; null where to none */
export function steppedTo(list: HTMLElement, key: string): number | null {
  const last = list.children.length - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const step = (key === 'ArrowRight' ? 1 : -1) * forwards(list);
  return Math.min(last, Math.max(0, shownIn(list) + step));
}

/** 1 where what comes next is to the right, else -1. */
function forwards(list: HTMLElement): number {
  return getComputedStyle(list).direction === 'rtl' ? -1 : 1;
}
