/** A shopper who has a keyboard and nothing else, and looks where the focus is. */
import type { Page } from 'playwright-core';

const TABS_MAX = 60;

interface Focused {
  /** As it is labelled, or else what it says. */
  readonly name: string;
  readonly isPage: boolean;
  readonly isSeen: boolean;
}

/** Read in the page: the ring has to be there, thick enough, and on the screen. */
const READ_FOCUSED = `(() => {
  const focused = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const { top, bottom, left, right } = focused.getBoundingClientRect();
  const label = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent;
  const heard = focused.cloneNode(true);
  for (const silent of heard.querySelectorAll?.('[aria-hidden="true"]') ?? []) silent.remove();
  return {
    name: (label ?? heard.textContent).trim(),
    isPage: focused === document.body,
    isSeen:
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 &&
      top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth,
  };
})()`;

export async function focusedOn(page: Page): Promise<Focused> {
  return page.evaluate<Focused>(READ_FOCUSED);
}

/** Presses Tab until something of this name has the focus. @throws where one cannot see it go. */
export async function tabTo(page: Page, name: string) {
  const passed: string[] = [];
  while (passed.length < TABS_MAX) {
    await page.keyboard.press('Tab');
    const focused = await focusedOn(page);
    if (!focused.isPage && !focused.isSeen) {
      throw new Error(`the focus cannot be seen on ${focused.name}`);
    }
    if (focused.name === name) return;
    passed.push(focused.name);
  }
  throw new Error(`Tab does not lead to ${name}, only to ${[...new Set(passed)].join(' | ')}`);
}
