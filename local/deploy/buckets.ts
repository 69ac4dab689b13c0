/** The buckets of R2 that the shop is bound to: made where they are missing, and never changed. */
import { type Environment, readEnvironment, WORKERS } from '../environments.ts';
import { UserError } from '../user-error.ts';
import type { WranglerRan } from './commands.ts';

interface Ports {
  print(line: string): void;
  wrangler(args: string[]): Promise<WranglerRan>;
}

/** @throws UserError where one is not there and cannot be made. */
export async function makeBuckets(
  environment: Environment,
  { wrangler, print }: Ports,
): Promise<void> {
  const { r2_buckets: buckets } = readEnvironment('shop', environment);
  const where = ['--config', WORKERS.shop, '--env', environment];
  for (const { bucket_name: name } of buckets) {
    if (name === undefined) continue;
    const found = await wrangler(['r2', 'bucket', 'info', name, ...where]);
    if (found.ok) continue;
    const { ok, output } = await wrangler(['r2', 'bucket', 'create', name, ...where]);
    if (!ok) {
      throw new UserError(
        `${output}\nThe bucket ${name} is not there and was not made. R2 has to be switched on for the account, once, in Cloudflare's dashboard.`,
      );
    }
    print(`The bucket ${name} is made.`);
  }
}
