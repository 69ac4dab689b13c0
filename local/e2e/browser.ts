/** A real Chromium, found on this machine. Must not be looked for quietly: without one, nothing runs. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const LAUNCH_MS_MAX = 60_000;

/** @throws if there is no Chromium where CHROMIUM says, or else at its usual places. */
export async function openBrowser(): Promise<Browser> {
  const named = process.env['CHROMIUM'];
  const places = named === undefined ? PLACES : [named];
  const executablePath = places.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      `There is no Chromium at ${places.join(', ')}. Install one (apt-get install chromium), ` +
        'or say where it is in CHROMIUM.',
    );
  }
  return chromium.launch({ executablePath, args: ARGS, headless: true, timeout: LAUNCH_MS_MAX });
}
