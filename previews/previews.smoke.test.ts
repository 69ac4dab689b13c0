/** The bundle in the real runtime, in front of a shop that answers as the real one does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createTestHarness } from 'wrangler';
import { PICTURE } from './picture.ts';
import { decodePng } from './testing/decoded-png.ts';
import { sampleReport } from './testing/sample-report.ts';

const CONFIG = fileURLToPath(new URL('./wrangler.toml', import.meta.url));
const EVENT = 'evt_000000000000';

async function openPreviews(shopUrl: string): Promise<string> {
  const harness = createTestHarness({
    workers: [{ configPath: CONFIG, vars: { SHOP_URL: shopUrl } }],
  });
  onTestFinished(() => harness.close());
  return (await harness.listen()).url.origin;
}

it('draws both pictures of a report, each once, and none where there is no report', async () => {
  const asked: (string | undefined)[] = [];
  const shop = createServer((request, response) => {
    asked.push(request.url);
    const isKnown = request.url === `/api/v1/events/${EVENT}/report`;
    response.writeHead(isKnown ? 200 : 404).end(isKnown ? JSON.stringify(sampleReport()) : '{}');
  });
  await new Promise<void>((listening) => shop.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void shop.close());
  const origin = await openPreviews(`http://127.0.0.1:${(shop.address() as AddressInfo).port}`);
  for (const path of [`/${EVENT}/en.png`, `/${EVENT}/de.png`, `/${EVENT}/en.png?again`]) {
    const answer = await fetch(`${origin}/reports${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('image/png');
    expect(decodePng(new Uint8Array(await answer.arrayBuffer()))).toMatchObject(PICTURE);
  }
  const head = await fetch(`${origin}/reports/${EVENT}/de.png`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(asked.length).toBe(2);
  expect((await fetch(`${origin}/reports/evt_000000000001/en.png`)).status).toBe(404);
});

it('stays closed without the shop’s address, and names what is missing', async () => {
  const answer = await fetch(`${await openPreviews('')}/reports/${EVENT}/en.png`);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toMatch(/^Configuration: SHOP_URL is missing; it must be /);
});
