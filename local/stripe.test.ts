import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LINE } from './stripe/testing/stripe-client.ts';

const RUN = join(import.meta.dirname, 'run.js');

function start(env: Record<string, string>) {
  const started = spawn(process.execPath, [RUN, 'stripe'], { env: { PORT: '0', ...env } });
  onTestFinished(() => void started.kill('SIGKILL'));
  return started;
}

/** What it prints first, as the place and the headers of a request. */
async function placeOf(server: ReturnType<typeof start>) {
  let printed = '';
  for await (const chunk of server.stdout.setEncoding('utf8')) {
    printed += chunk;
    if (/secret key .*\n/.test(printed)) break;
  }
  const [, url = '', key = ''] = /API +(\S+)\nsecret key +(\S+)\n/.exec(printed) ?? [];
  return { url, headers: { authorization: `Bearer ${key}` } };
}

it('serves the API at the address and with the key that it prints, until it is stopped', async () => {
  const server = start({});
  const { url, headers } = await placeOf(server);
  const answer = await fetch(`${url}/v1/events`, { headers });
  expect(await answer.json()).toMatchObject({ object: 'list', data: [] });
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
});

it('knows after a kill what it had answered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stripe-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const env = { STRIPE_FILE: join(folder, 'stripe.json'), STRIPE_SECRET_KEY: 'sk_test_a_key' };
  const killed = start(env);
  const first = await placeOf(killed);
  const body = new URLSearchParams({
    mode: 'payment',
    success_url: 'https://shop.example/',
    ...LINE,
  });
  const init = { method: 'POST', headers: first.headers, body };
  const made = await (await fetch(`${first.url}/v1/checkout/sessions`, init)).json();
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const { url, headers } = await placeOf(start(env));
  const path = `/v1/checkout/sessions/${(made as { id: string }).id}`;
  expect(await (await fetch(`${url}${path}`, { headers })).json()).toEqual(made);
});

it('says in one line what is wrong, and ends', async () => {
  const server = start({ STRIPE_FILE: '/dev/null/no' });
  let complaint = '';
  server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  expect(await once(server, 'close')).toEqual([1, null]);
  expect(complaint).toMatch(/^The local Stripe cannot start: [^\n]+\n$/);
});
