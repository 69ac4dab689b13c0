/** `npm run deploy`: the shop as it is committed, to Cloudflare and its Postgres. */

import { openStraight } from '../migrate.ts';
import { readMigrations } from '../migrations.ts';
import { readSettings } from '../settings.ts';
import { run, wrangler } from './commands.ts';
import { takeDeployLock } from './deploy-lock.ts';
import { type DeployPorts, deploy, rehearseDeployment } from './deployment.ts';
import { HELP, parseDeployOptions } from './options.ts';
import { readSecrets } from './secrets.ts';
import { lackOf, verifyDeployment } from './verify-deployment.ts';

export async function main(argv: string[]): Promise<void> {
  const options = parseDeployOptions(argv);
  if (options === undefined) {
    console.log(HELP);
    return;
  }
  const { secretsFile, isDryRun } = options;
  const secrets = secretsFile === undefined ? undefined : await readSecrets(secretsFile);
  const { databaseUrl } = readSettings({
    DATABASE_URL: secrets?.['DATABASE_URL'] ?? process.env['DATABASE_URL'],
  });
  const ports: DeployPorts = {
    print: (line) => console.log(line),
    run,
    wrangler,
    migrations: readMigrations(),
    takeLock: takeDeployLock,
    open: openStraight,
    verifyDeployment,
    lackOf,
  };
  const given = { secrets, databaseUrl };
  // A run of tests rehearses with the page that it has built; what is deployed is always built anew.
  if (!isDryRun) delete process.env['CLIENT_BUILT'];
  await (isDryRun ? rehearseDeployment : deploy)(options, given, ports);
}
