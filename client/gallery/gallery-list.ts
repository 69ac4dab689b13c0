/** Where a list of pictures that is swiped stands, and how it is moved. In both directions of reading. */

/** Which of them is shown, from 0. */
export function shownIn(list: HTMLElement): number {
  const { scrollLeft, clientWidth } = list;
  return clientWidth === 0 ? 0 : Math.round(Math.abs(scrollLeft) / clientWidth);
}

/** @param behavior `instant` where nothing was shown before */
export function showIn(list: HTMLElement, n: number, behavior?: ScrollBehavior): void {
  const sign = getComputedStyle(list).direction === 'rtl' ? -1 : 1;
  list.scrollTo({ left: sign * n * list.clientWidth, ...(behavior && { behavior }) });
}
