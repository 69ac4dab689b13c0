import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startStripe } from './server.ts';
import { NOW_MS, SECRET_KEY, stripeClient } from './testing/stripe-client.ts';

async function scratchFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stripe-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'stripe.json');
}

it('a server that starts with the file of another one goes on where that ended', async () => {
  const file = await scratchFile();
  const first = await stripeClient({ file });
  const payment = await first.paid();
  await first.stripe.advance(60_000);
  await first.stripe.close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const second = await stripeClient({ file });
  const read = await second.get(`/v1/payment_intents/${payment['id']}`);
  expect(read.body).toEqual(payment);
  const captured = await second.post(`/v1/payment_intents/${payment['id']}/capture`);
  expect(captured.body['status']).toBe('succeeded');
  expect((await second.session())['created']).toBe(NOW_MS / 1_000 + 60);
});

it('a damaged file is no reason to begin anew', async () => {
  const file = await scratchFile();
  for (const [text, fault] of [
    ['{', 'JSON'],
    ['{"version":2}', 'version'],
    ['[]', 'object'],
  ] as const) {
    await writeFile(file, text);
    await expect(startStripe({ secretKey: SECRET_KEY, file })).rejects.toThrow(fault);
    expect(await readFile(file, 'utf8')).toBe(text);
  }
});
