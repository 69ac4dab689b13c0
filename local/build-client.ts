/** `npm run build:client`: the page, as the Worker serves it from dist/client. */
import { existsSync } from 'node:fs';
import { build } from 'vite';

export async function main(): Promise<void> {
  // A run of tests builds it once: wrangler asks for it at every start, and builds anew what another
  // test's Worker is serving.
  if (process.env['CLIENT_BUILT'] === 'yes' && existsSync('dist/client/index.html')) return;
  await build({ configFile: 'client/vite.config.ts', logLevel: 'warn' });
}
