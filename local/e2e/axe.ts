/** What axe-core finds on a page as it stands. Must not load anything into it over the network. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** WCAG 2.2's own are not asked for without their name. */
const RULES = { 'target-size': { enabled: true } };

/**
 * Looks at everything in the light scheme, and in the dark one at what differs: the contrasts.
 * @returns each violation with the elements that are at fault.
 */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // Colours that are still on their way from one scheme to the other are no fault.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await run(page, { runOnly: TAGS, rules: RULES });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await run(page, { runOnly: { type: 'rule', values: ['color-contrast'] } });
  return [...light, ...dark.map((fault) => `dark, ${fault}`)];
}

async function run(page: Page, options: axe.RunOptions): Promise<string[]> {
  const given = JSON.stringify({ ...options, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${given})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}
