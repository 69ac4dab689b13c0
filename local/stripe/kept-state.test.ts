import { appendFile, copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
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

/** What a process leaves that is killed now. */
async function copyOf(file: string): Promise<string> {
  const copy = await scratchFile();
  for (const end of ['', '.journal']) {
    await copyFile(`${file}${end}`, `${copy}${end}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  return copy;
}

it('what was answered is known after a kill at that moment, and after another one', async () => {
  const firstFile = await scratchFile();
  const first = await stripeClient({ file: firstFile });
  const payment = await first.paid();
  const path = `/v1/payment_intents/${payment['id']}/capture`;
  let file = await copyOf(firstFile);
  const second = await stripeClient({ file });
  const captured = await second.post(path, {}, { 'idempotency-key': 'once' });
  expect(captured.body['status']).toBe('succeeded');
  file = await copyOf(file);
  // Its last write had only begun.
  await appendFile(`${file}.journal`, '{"intents":[["pi_');
  const third = await stripeClient({ file });
  const again = await third.post(path, {}, { 'idempotency-key': 'once' });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.body).toEqual(captured.body);
});

it('a webhook that was under way when the server was killed comes again', async () => {
  const file = await scratchFile();
  let copied = '';
  const first = await stripeClient({
    file,
    onWebhook: async () => {
      copied ||= await copyOf(file);
    },
  });
  await first.paid();
  const second = await stripeClient({ file: copied });
  await second.stripe.advance(0);
  expect(second.heard.map(({ event }) => event.id)).toContain(first.heard[0]?.event.id);
});

it('a file of a server that knew no journal is read, with the deliveries that waited', async () => {
  const file = await scratchFile();
  const first = await stripeClient({ file });
  first.shop.status = 500;
  await first.paid();
  await first.stripe.close();
  const written = JSON.parse(await readFile(file, 'utf8')) as { deliveries: { id?: string }[] };
  for (const delivery of written.deliveries) delete delivery.id;
  await writeFile(file, JSON.stringify(written));
  const second = await stripeClient({ file });
  await second.stripe.advance(1_000);
  expect(second.types()).toEqual(first.types());
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
  await rm(file);
  await writeFile(`${file}.journal`, '{"intents":[["pi_\n{}\n');
  await expect(startStripe({ secretKey: SECRET_KEY, file })).rejects.toThrow('JSON');
});
