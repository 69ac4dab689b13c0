/** The measurement of a large draw: its parts in order, and what they found as text. */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, RunContext } from '../command/command.ts';
import { checkInBrowser } from './browser.ts';
import { runCheckers, type SavedDraw } from './checkers.ts';
import { measureEntering } from './entering.ts';
import { readList, saveAs } from './list.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { browserLines, checkerLines, enteringLines, listLines, timelineLines } from './report.ts';
import { enterLargeDraw, type LargeDraw, type LargeDrawShop, openLargeDrawShop } from './shop.ts';
import { watchDraw } from './timeline.ts';

/** How many read the list at once, one after the other. */
const STREAMS = [1, 1, 5];
/** The list that the large one is compared with has so many times fewer entries. */
const SMALLER = 10;
const CHECKER_RUNS = 3;
const RUN_MS_MAX = 30 * 60_000;

export const drawMeasureCommand: Command<Options> = {
  name: 'draw:measure',
  help: HELP,
  signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  parse: (argv, env) => parseOptions(argv, env),
  async run(options, context) {
    const stopped = AbortSignal.any([context.stopped, AbortSignal.timeout(RUN_MS_MAX)]);
    const show = (lines: readonly string[]) => context.stdout.write(`${lines.join('\n')}\n\n`);
    show([`load at the beginning: ${load()}`]);
    const shop = await openLargeDrawShop(options.entries, { ...context, stopped });
    try {
      await measure(options, { ...context, stopped }, { shop, show });
      show([...shop.wrong.map((what) => `WRONG  ${what}`), `load at the end: ${load()}`]);
      return shop.wrong.length === 0;
    } finally {
      await shop.close();
    }
  },
};

interface Measuring {
  shop: LargeDrawShop;
  show(lines: readonly string[]): void;
}

async function measure(
  { entries, only, python }: Options,
  { logStep }: RunContext,
  { shop, show }: Measuring,
): Promise<void> {
  if (only.includes('list')) {
    const small = await makeDraw({ shop, show }, Math.ceil(entries / SMALLER));
    await measureList({ shop, show }, small);
  }
  const large = await makeDraw({ shop, show }, entries);
  if (only.includes('list')) await measureList({ shop, show }, large);
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-draw-'));
  try {
    if (only.includes('checkers')) {
      const saved = await saveDraw(shop, large, folder);
      for (let run = 0; run < CHECKER_RUNS; run++) {
        logStep(`checking, run ${run + 1} of ${CHECKER_RUNS}`);
        show(checkerLines(runCheckers(python, saved)));
      }
    }
    if (only.includes('browser')) show(browserLines(await checkInBrowser(shop, large, folder)));
  } finally {
    await rm(folder, { recursive: true });
  }
  if (only.includes('entering')) show(enteringLines(await measureEntering(shop)));
}

async function makeDraw({ shop, show }: Measuring, entries: number): Promise<LargeDraw> {
  const draw = await enterLargeDraw(shop, entries);
  shop.logStep(`waiting for the draw, ${Math.round((draw.roundAtMs - Date.now()) / 1_000)} s`);
  const timeline = await watchDraw(shop, draw);
  show(timelineLines(timeline));
  return draw;
}

async function measureList({ shop, show }: Measuring, draw: LargeDraw): Promise<void> {
  const readings = [];
  for (const streams of STREAMS) {
    shop.logStep(`reading the list, ${streams} at once`);
    readings.push(await readList(shop, `${drawUrl(shop, draw)}/entries`, streams));
  }
  show(listLines(readings));
}

async function saveDraw(shop: LargeDrawShop, draw: LargeDraw, folder: string): Promise<SavedDraw> {
  const saved = {
    draw: join(folder, 'draw.json'),
    entries: join(folder, 'entries.ndjson'),
    keys: join(folder, 'jwks.json'),
  };
  const url = drawUrl(shop, draw);
  await saveAs(saved.draw, url, shop.stopped);
  await saveAs(saved.entries, `${url}/entries`, shop.stopped);
  await saveAs(saved.keys, `${shop.url}/.well-known/jwks.json`, shop.stopped);
  return saved;
}

function drawUrl({ url }: LargeDrawShop, { eventId }: LargeDraw): string {
  return `${url}/api/v1/events/${eventId}/draw`;
}

function load(): string {
  return loadavg()
    .map((average) => average.toFixed(1))
    .join(' ');
}
