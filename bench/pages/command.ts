/** The measurement of pages: which ones, how often, and what was read of them as text. */
import { loadavg } from 'node:os';
import type { BrowserContext } from 'playwright-core';
import { openBrowser } from '../../local/e2e/browser.ts';
import { UserError } from '../../local/user-error.ts';
import type { Command } from '../command/command.ts';
import { aligned } from '../speed/table.ts';
import { type Reading, readPage } from './measure-page.ts';
import { HELP, type Options, parseOptions } from './options.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const CONSOLE_PAGES = ['/admin', '/admin/events', '/admin/orders'];
const ANSWER_MS_MAX = 10_000;
const KB = 1_000;

export const pagesMeasureCommand: Command<Options> = {
  name: 'pages:measure',
  help: HELP,
  signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  parse: parseOptions,
  async run({ url, runs, paths, admin }, { stopped, stdout, logStep }) {
    const pages = [...(await pagesOf(url)), ...paths, ...(admin ? CONSOLE_PAGES : [])];
    stdout.write(`load at the beginning: ${load()}\n\n`);
    const browser = await openBrowser();
    try {
      const context = await browser.newContext({ ...PHONE, baseURL: url, locale: 'en-GB' });
      if (admin) await signIn(context, admin);
      const lines = [HEADINGS];
      for (const path of pages) {
        const readings: Reading[] = [];
        for (let run = 0; run < runs; run++) {
          stopped.throwIfAborted();
          logStep(`${path}, ${run + 1} of ${runs}`);
          readings.push(await readPage(context, `${url}${path}`));
        }
        lines.push(lineOf(path, readings));
      }
      stdout.write(`${aligned(lines).join('\n')}\n\nload at the end: ${load()}\n`);
    } finally {
      await browser.close();
    }
    return true;
  },
};

const HEADINGS = [
  'page, medians (least to most)',
  'first paint s',
  'largest paint s',
  'of',
  'blocked ms',
  'shift',
  'kB',
  'script kB',
];

function lineOf(path: string, readings: readonly Reading[]): string[] {
  const spread = (
    name: Exclude<keyof Reading, 'largest'>,
    { per = 1, digits = 0 }: { per?: number; digits?: number } = {},
  ) => {
    const values = readings.map((reading) => reading[name] / per).toSorted((a, b) => a - b);
    const [median, least, most] = [values[values.length >> 1], values[0], values.at(-1)].map(
      (value) => (value ?? Number.NaN).toFixed(digits),
    );
    return least === most ? `${median}` : `${median} (${least} to ${most})`;
  };
  return [
    path,
    spread('firstPaintMs', { per: 1_000, digits: 2 }),
    spread('largestPaintMs', { per: 1_000, digits: 2 }),
    readings.at(-1)?.largest ?? '',
    spread('blockedMs'),
    spread('shift', { digits: 4 }),
    spread('bytes', { per: KB }),
    spread('scriptBytes', { per: KB }),
  ];
}

/** @throws UserError where no event is live. */
async function pagesOf(url: string): Promise<string[]> {
  const { events } = await read<{ events: { id: string }[] }>(`${url}/api/v1/events?status=live`);
  const event = events[0];
  if (event === undefined) throw new UserError(`no event is live at ${url}`);
  const { items } = await read<{ items: { id: string }[] }>(`${url}/api/v1/events/${event.id}`);
  const path = `/events/${event.id}`;
  return ['/', path, ...items.slice(0, 1).map(({ id }) => `${path}/items/${id}`)];
}

async function read<Answer>(url: string): Promise<Answer> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    if (answer.ok) return (await answer.json()) as Answer;
  } catch {
    // Said below as well.
  }
  throw new UserError(`no shop answers at ${url}`);
}

/** By the form, as anyone does. */
async function signIn(
  context: BrowserContext,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  await page.close();
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}
