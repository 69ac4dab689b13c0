import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const RUN = join(import.meta.dirname, 'run.js');

function start(env: Record<string, string>) {
  const started = spawn(process.execPath, [RUN, 'stripe'], { env: { PORT: '0', ...env } });
  onTestFinished(() => void started.kill('SIGKILL'));
  return started;
}

it('serves the API at the address and with the key that it prints, until it is stopped', async () => {
  const server = start({});
  let printed = '';
  for await (const chunk of server.stdout.setEncoding('utf8')) {
    printed += chunk;
    if (/secret key .*\n/.test(printed)) break;
  }
  const [, url = '', key = ''] = /API +(\S+)\nsecret key +(\S+)\n/.exec(printed) ?? [];
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/v1/events`, { headers });
  expect(await answer.json()).toMatchObject({ object: 'list', data: [] });
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
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
