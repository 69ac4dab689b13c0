/** `npm run build:client`: the page, as the Worker serves it from dist/client. */
import { existsSync } from 'node:fs';

export async function main(): Promise<void> {
  // A run of tests builds it once: wrangler asks for it at every start, and builds anew what another
  // test's Worker is serving.
  if (process.env['CLIENT_BUILT'] === 'yes' && existsSync('dist/client/index.html')) return;
  // It takes a second to load, and is not needed above.
  const { build } = await import('vite');
  await build({ configFile: 'client/vite.config.ts', logLevel: 'warn' });
}
