/** Vitest's global set-up: builds the page once for all tests of a run, see local/build-client.ts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export default async function setUp(): Promise<void> {
  // As for a deployment, not as for tests.
  const { NODE_ENV: _, ...env } = process.env;
  const building = spawn('npm', ['run', '--silent', 'build:client'], {
    cwd: PROJECT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  const [code] = await once(building, 'close');
  if (code !== 0) throw new Error('the page was not built');
}
