/**
 * The order of a deployment: what is checked before anything changes, then the database, which the
 * old version goes on using, then the Workers, then a check of the result. Stops at the first thing that is wrong.
 */
import { relative } from 'node:path';
import {
  type Environment,
  lacksEmailBinding,
  readEnvironment,
  WORKERS,
  type WorkerName,
} from '../environments.ts';
import {
  applyMigration,
  type Migration,
  type RunInTransaction,
  readPending,
} from '../migrations.ts';
import { UserError } from '../user-error.ts';
import { makeBuckets } from './buckets.ts';
import type { Ran, WranglerRan } from './commands.ts';
import { beaconComplaints, beaconWarnings } from './draw-beacon.ts';
import type { DeployOptions } from './options.ts';
import { complaintsAbout, type Secrets, secretsOf } from './secrets.ts';
import { unsafeStatementsIn } from './unsafe-statements.ts';

/** Without it production is secure, and what it signed cannot be checked for years. */
const WANTED_IN_PRODUCTION = 'DRAW_SIGNING_KEYS';
const EMAIL_FORM = 'a binding in [[send_email]] of the environment, see docs/deployment.md';

export interface DeployPorts {
  print(line: string): void;
  run(command: string[]): Promise<Ran>;
  wrangler(args: string[], secrets?: Secrets): Promise<WranglerRan>;
  migrations: Migration[];
  /** Throws UserError where another deployment has it. @returns what gives it back. */
  takeLock(databaseUrl: string): Promise<() => Promise<void>>;
  open(databaseUrl: string): { run: RunInTransaction; close(): Promise<void> };
  /** Throws UserError. @returns what was seen. */
  verifyDeployment(origin: string): Promise<string[]>;
  lackOf(origin: string): Promise<string[]>;
}

export interface Given {
  /** Undefined where they are on the platform already. */
  secrets: Secrets | undefined;
  databaseUrl: string | undefined;
}

/** All that can be found out without an account, a database or the network. @throws UserError */
export async function rehearseDeployment(
  { environments }: DeployOptions,
  { secrets }: Given,
  ports: DeployPorts,
): Promise<void> {
  printMigrations(ports.migrations, ports);
  for (const environment of environments) {
    for (const worker of workersOf(environment)) assertConfigured(worker, environment, secrets);
    ports.print(`The configuration of ${environment} is right.`);
    warnOfBeacon(environment, ports);
    for (const worker of Object.keys(WORKERS) as WorkerName[]) {
      await build(worker, environment, ports);
    }
  }
  ports.print('Nothing was deployed.');
}

/** @throws UserError with what is wrong, and nothing after it was done. */
export async function deploy(
  options: DeployOptions,
  { secrets, databaseUrl }: Given,
  ports: DeployPorts,
): Promise<void> {
  const [environment = 'staging'] = options.environments;
  const workers = workersOf(environment);
  for (const worker of workers) assertConfigured(worker, environment, secrets);
  if (databaseUrl === undefined) {
    throw new UserError('Which Postgres? Set DATABASE_URL, or name it in the secrets file.');
  }
  const commit = await assertClean(ports);
  await must(ports, 'checks', ['npm', 'run', '--silent', 'check']);
  if (!options.skipsTests) {
    await must(ports, 'tests', ['npm', 'test', '--silent']);
    await must(ports, 'drills', ['npm', 'run', '--silent', 'test:drills']);
  }
  for (const worker of workers) await build(worker, environment, ports);
  const giveBack = await ports.takeLock(databaseUrl);
  try {
    await makeBuckets(environment, ports);
    await bringUpToDate(databaseUrl, ports);
    let origin = options.url;
    for (const worker of workers) {
      const [target] = await upload({ worker, environment, commit }, secrets ?? {}, ports);
      if (worker === 'shop') origin ??= target;
    }
    printRollback(workers, environment, ports);
    if (origin === undefined)
      throw new UserError('Where is it? Look at it yourself, or give --url.');
    for (const seen of await ports.verifyDeployment(new URL(origin).origin))
      ports.print(`Seen: ${seen}.`);
    for (const lack of await ports.lackOf(new URL(origin).origin)) ports.print(`Warning: ${lack}.`);
    warnOfBeacon(environment, ports);
    if (environment === 'production') await warnOfDerivedKey(environment, ports);
  } finally {
    await giveBack();
  }
}

/** Whom one asks first. A shop without reviews has no gateway, one without PREVIEWS_URL no pictures of reports. */
function workersOf(environment: Environment): WorkerName[] {
  const { vars } = readEnvironment('shop', environment);
  return [
    ...(vars['DATA_API_URL'] ? (['gateway'] as const) : []),
    'shop',
    ...(vars['PREVIEWS_URL'] ? (['previews'] as const) : []),
  ];
}

function assertConfigured(
  worker: WorkerName,
  environment: Environment,
  secrets: Secrets | undefined,
): void {
  const config = readEnvironment(worker, environment);
  const complaints = complaintsAbout(worker, config.vars, secrets);
  if (worker === 'shop') complaints.push(...beaconComplaints(config.vars));
  if (lacksEmailBinding(config)) complaints.push(`EMAIL is missing; it must be ${EMAIL_FORM}`);
  if (complaints.length === 0) return;
  throw new UserError(
    [`The ${worker} cannot run as ${environment} like this:`, ...complaints].join('\n  '),
  );
}

function warnOfBeacon(environment: Environment, { print }: DeployPorts): void {
  const { vars } = readEnvironment('shop', environment);
  for (const warning of beaconWarnings(environment, vars)) print(`Warning: ${warning}.`);
}

async function assertClean({ run }: DeployPorts): Promise<string> {
  const status = await run(['git', 'status', '--porcelain']);
  if (!status.ok || status.output.trim() !== '') {
    throw new UserError(`What is deployed must be a commit. Not committed:\n${status.output}`);
  }
  return (await run(['git', 'rev-parse', '--short', 'HEAD'])).output.trim();
}

async function must({ run, print }: DeployPorts, what: string, command: string[]): Promise<void> {
  const { ok, output } = await run(command);
  if (!ok) throw new UserError(`${output}\nThe ${what} failed; nothing was deployed.`);
  print(`The ${what} have passed.`);
}

async function build(
  worker: WorkerName,
  environment: Environment,
  { wrangler, print }: DeployPorts,
): Promise<void> {
  const { ok, output } = await wrangler([...deployArgs(worker, environment), '--dry-run']);
  if (!ok) throw new UserError(`${output}\nThe ${worker} was not built for ${environment}.`);
  const size = /Total Upload: (.+)/.exec(output)?.[1] ?? 'of unknown size';
  print(`The ${worker} was built for ${environment}: ${size}.`);
}

async function upload(
  what: { worker: WorkerName; environment: Environment; commit: string },
  secrets: Secrets,
  { wrangler, print }: DeployPorts,
): Promise<string[]> {
  const { worker, environment, commit } = what;
  const args = [...deployArgs(worker, environment), '--tag', commit, '--message', commit];
  const { ok, output, targets } = await wrangler(args, secretsOf(worker, secrets));
  if (!ok) throw new UserError(`${output}\nThe ${worker} was not deployed.`);
  print(`The ${worker} is deployed: ${targets.join(', ')}`);
  return targets.filter((target) => URL.canParse(target));
}

function deployArgs(worker: WorkerName, environment: Environment): string[] {
  return ['deploy', '--config', WORKERS[worker], '--env', environment, '--minify'];
}

/** Asks the platform, which may have the secret from an earlier deployment. */
async function warnOfDerivedKey(
  environment: Environment,
  { wrangler, print }: DeployPorts,
): Promise<void> {
  const args = ['secret', 'list', '--config', WORKERS.shop, '--env', environment];
  const { ok, output } = await wrangler(args);
  if (!ok || output.includes(`"${WANTED_IN_PRODUCTION}"`)) return;
  print(
    `Warning: it has no ${WANTED_IN_PRODUCTION}: receipts of draws are signed by a key made of JWT_SECRET, and cannot be checked once that is another one. See docs/deployment.md.`,
  );
}

async function bringUpToDate(databaseUrl: string, ports: DeployPorts): Promise<void> {
  const { run, close } = ports.open(databaseUrl);
  try {
    const { pending, isNew } = await readPending(run, ports.migrations);
    if (pending.length === 0) ports.print('No migration is pending.');
    // There is no old version beside an empty database.
    if (isNew) for (const { tag } of pending) ports.print(`Pending: ${tag}.`);
    else printMigrations(pending, ports);
    for (const migration of pending) {
      await applyMigration(run, migration);
      ports.print(`Applied ${migration.tag}.`);
    }
  } finally {
    await close();
  }
}

/** @throws UserError where one of them would harm the version that still runs. */
function printMigrations(migrations: Migration[], { print }: DeployPorts): void {
  const unsafe = migrations.flatMap(({ tag, statements }) =>
    unsafeStatementsIn(statements).map((what) => `${tag} ${what}`),
  );
  for (const { tag, statements } of migrations) print(`${tag}: ${statements.length} statement(s).`);
  if (unsafe.length === 0) return;
  throw new UserError(
    [
      'The version that runs meanwhile, or comes back with a rollback, may not survive this:',
      ...unsafe,
      'Do it in two deployments, or say in a comment of the statement: -- safe beside the old version: why',
    ].join('\n  '),
  );
}

function printRollback(
  workers: WorkerName[],
  environment: Environment,
  { print }: DeployPorts,
): void {
  print('To go back to the version before, for which the database stays as it is now:');
  for (const worker of workers) {
    const config = worker === 'shop' ? '' : ` --config ${relative(process.cwd(), WORKERS[worker])}`;
    print(`  npx wrangler rollback --env ${environment}${config}`);
  }
}
