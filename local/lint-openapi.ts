/** `npm run lint:openapi`: writes the API's description down and holds it against a public linter. */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../worker/openapi/document.ts';
import { UserError } from './user-error.ts';

const FOLDER = 'dist';

/** @throws UserError if the linter finds anything; it has printed what. */
export async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const file = join(FOLDER, 'openapi.json');
  await writeFile(file, JSON.stringify(openApiDocument(), null, 2));
  const redocly = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
  const { status } = spawnSync(process.execPath, [redocly, 'lint', file], {
    stdio: 'inherit',
    // It would look for a newer version over the network, and report that it was used.
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
  });
  if (status !== 0) throw new UserError('The description of the API does not pass its linter.');
}
