/** The event page of the built shop in Chromium, as on a phone with a slow network: `page`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from '../../local/e2e/browser.ts';
import { freePort } from '../../local/free-port.ts';
import { startDev } from '../../local/testing/dev-server.ts';
import { eventListSchema } from '../../worker/contract/events.ts';
import { median } from '../speed/samples.ts';
import { aligned } from '../speed/table.ts';
import { openCompressingProxy } from './compressing-proxy.ts';
import type { MeasureOptions, MeasureResult } from './measurement.ts';
import { loadPage, type PageFigures } from './page-load.ts';
import { number } from './report.ts';

const TITLES: [keyof PageFigures & string, string][] = [
  ['firstPaintMs', 'first contentful paint, ms'],
  ['largestPaintMs', 'largest contentful paint, ms'],
  ['blockingMs', 'total blocking time, ms'],
  ['layoutShift', 'cumulative layout shift'],
  ['transferredBytes', 'transferred, bytes'],
  ['scriptBytes', 'of that JavaScript, bytes'],
  ['requests', 'requests'],
];

export async function measurePage(options: MeasureOptions): Promise<MeasureResult> {
  const opened: (() => Promise<unknown>)[] = [];
  try {
    options.logStep('building and starting the shop');
    const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-page-'));
    opened.push(() => rm(folder, { recursive: true, force: true }));
    const port = await freePort();
    const shop = await startDev({ PORT: String(port), SWIFTDROP_DATA: folder });
    opened.push(() => shop.interrupt());
    const proxy = await openCompressingProxy(port);
    opened.push(() => proxy.close());
    const browser = await openBrowser();
    opened.push(() => browser.close());
    const url = `${proxy.url}/events/${await liveEventId(proxy.url)}`;
    options.logStep('a first visit, which is not counted');
    await loadPage(browser, url);
    const visits: PageFigures[] = [];
    for (let round = 0; round < options.rounds; round++) {
      options.stopped.throwIfAborted();
      options.logStep(`visit ${round + 1} of ${options.rounds}`);
      visits.push(await loadPage(browser, url));
    }
    return { lines: pageLines(visits), figures: visits, wrong: wrongIn(visits) };
  } finally {
    for (const close of opened.toReversed()) await close();
  }
}

async function liveEventId(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/events?status=live`);
  const { events } = eventListSchema.parse(await response.json());
  const [event] = events;
  if (event === undefined) throw new Error('the sample data has no live event');
  return event.id;
}

function pageLines(visits: PageFigures[]): string[] {
  const rows = TITLES.map(([figure, title]) => {
    const values = visits.map((visit) => visit[figure] ?? 0);
    return [title, ...[median(values), Math.min(...values), Math.max(...values)].map(number), ''];
  });
  return [
    ...aligned([['the event page', 'median', 'least', 'most', ''], ...rows]),
    '',
    `${visits.length} visits with an empty cache, 390 x 844, processor 4 times slower, 1.6 Mbit/s, 150 ms a round`,
    `trip, texts compressed as the proxy would. Load average ${(loadavg()[0] ?? 0).toFixed(1)}.`,
  ];
}

function wrongIn(visits: PageFigures[]): string[] {
  const unpainted = visits.filter(({ largestPaintMs }) => largestPaintMs === 0).length;
  return unpainted > 0 ? [`${unpainted} visits in which nothing was painted`] : [];
}
