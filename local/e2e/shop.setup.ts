/** Vitest's global set-up: one shop for all tests, on a port and a data folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from '../free-port.ts';
import { startDev } from '../testing/dev-server.ts';
import { openBrowser } from './browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    shopUrl: string;
    /** Where its mails are, a file each. */
    mailFolder: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // First, so that whoever has no browser learns it at once.
  await (await openBrowser()).close();
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-e2e-'));
  const data = join(folder, 'data');
  const shop = await startDev({
    PORT: String(await freePort()),
    SWIFTDROP_DATA: data,
    DATABASE_URL: '',
    MONGODB_URI: '',
    // At any port: some tests come in through a wire that can be cut.
    ALLOWED_HOSTS: 'localhost',
  });
  project.provide('shopUrl', shop.url);
  project.provide('mailFolder', join(data, 'mail'));
  return async () => {
    await shop.interrupt();
    await rm(folder, { recursive: true, force: true });
  };
}
