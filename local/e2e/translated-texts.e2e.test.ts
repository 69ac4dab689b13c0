/** Texts that an admin writes in a second language are read by those who speak it, and the main ones by all others. */
import { expect, it } from 'vitest';
import { signInAsAdmin, widerThanScreen } from './admin.ts';
import { violationsOn } from './axe.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { makeSale } from './sale-setup.ts';

const HOUR_MS = 3_600_000;
const STAMP = crypto.randomUUID().slice(0, 8);
const ENGLISH = `Evening ${STAMP}`;
const GERMAN = `Abend ${STAMP}`;

const browser = useBrowser();

it('a German title is that of the list and of the page, also without script', async () => {
  const sale = await makeSale({ title: ENGLISH, opensInMs: HOUR_MS });
  const admin = await browser.open({ ...PHONE, viewport: { width: 320, height: 640 } });
  await signInAsAdmin(admin);
  await admin.goto(`/admin/events/${sale.id}/edit`);
  await admin.getByText('In German').click();
  await admin.getByLabel('Title (German)').fill(GERMAN);
  expect(await violationsOn(admin)).toEqual([]);
  expect(await widerThanScreen(admin)).toBe(0);
  await admin.getByRole('button', { name: 'Save' }).click();
  await admin.getByText('The event is saved.').waitFor();

  for (const [locale, title] of [
    ['en-GB', ENGLISH],
    ['de-DE', GERMAN],
  ] as const) {
    for (const javaScriptEnabled of [true, false]) {
      const page = await browser.open({ ...PHONE, locale, javaScriptEnabled });
      await page.goto(`/?q=${STAMP}`);
      await page.getByRole('link', { name: title }).tap();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(await page.title()).toContain(`${title} · SwiftDrop`);
    }
  }
});
