/**
 * The order of a deployment: what is checked before anything changes, then the database, which the
 * old version goes on using, then the Workers, then a look. Stops at the first thing that is wrong.
 */
import { type Environment, readEnvironment, WORKERS, type WorkerName } from '../environments.ts';
import {
  applyMigration,
  type Migration,
  type RunInTransaction,
  readPending,
} from '../migrations.ts';
import { UserError } from '../user-error.ts';
import type { Ran, WranglerRan } from './commands.ts';
import { dangersIn } from './dangers.ts';
import type { DeployOptions } from './options.ts';
import { complaintsAbout, type Secrets, secretsOf } from './secrets.ts';

export interface DeployPorts {
  tell(line: string): void;
  run(command: string[]): Promise<Ran>;
  wrangler(args: string[], secrets?: Secrets): Promise<WranglerRan>;
  migrations: Migration[];
  /** Throws UserError where another deployment has it. @returns what gives it back. */
  takeLock(databaseUrl: string): Promise<() => Promise<void>>;
  open(databaseUrl: string): { run: RunInTransaction; close(): Promise<void> };
  /** Throws UserError. @returns what was seen. */
  lookAt(origin: string): Promise<string[]>;
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
  tellMigrations(ports.migrations, ports);
  for (const environment of environments) {
    for (const worker of workersOf(environment)) assertConfigured(worker, environment, secrets);
    ports.tell(`The configuration of ${environment} is right.`);
    for (const worker of Object.keys(WORKERS) as WorkerName[]) {
      await build(worker, environment, ports);
    }
  }
  ports.tell('Nothing was deployed.');
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
  if (!options.skipsTests) await must(ports, 'tests', ['npm', 'test', '--silent']);
  for (const worker of workers) await build(worker, environment, ports);
  const giveBack = await ports.takeLock(databaseUrl);
  try {
    await bringUpToDate(databaseUrl, ports);
    let origin = options.url;
    for (const worker of workers) {
      const [target] = await upload({ worker, environment, commit }, secrets ?? {}, ports);
      if (worker === 'shop') origin ??= target;
    }
    tellWayBack(workers, environment, ports);
    if (origin === undefined)
      throw new UserError('Where is it? Look at it yourself, or give --url.');
    for (const seen of await ports.lookAt(new URL(origin).origin)) ports.tell(`Seen: ${seen}.`);
  } finally {
    await giveBack();
  }
}

/** The gateway first, since the shop asks it. A shop without reviews has none. */
function workersOf(environment: Environment): WorkerName[] {
  const { vars } = readEnvironment('shop', environment);
  return vars['DATA_API_URL'] ? ['gateway', 'shop'] : ['shop'];
}

function assertConfigured(
  worker: WorkerName,
  environment: Environment,
  secrets: Secrets | undefined,
): void {
  const { vars } = readEnvironment(worker, environment);
  const complaints = complaintsAbout(worker, vars, secrets);
  if (complaints.length === 0) return;
  throw new UserError(
    [`The ${worker} cannot run as ${environment} like this:`, ...complaints].join('\n  '),
  );
}

async function assertClean({ run }: DeployPorts): Promise<string> {
  const status = await run(['git', 'status', '--porcelain']);
  if (!status.ok || status.output.trim() !== '') {
    throw new UserError(`What is deployed must be a commit. Not committed:\n${status.output}`);
  }
  return (await run(['git', 'rev-parse', '--short', 'HEAD'])).output.trim();
}

async function must({ run, tell }: DeployPorts, what: string, command: string[]): Promise<void> {
  const { ok, output } = await run(command);
  if (!ok) throw new UserError(`${output}\nThe ${what} failed; nothing was deployed.`);
  tell(`The ${what} have passed.`);
}

async function build(
  worker: WorkerName,
  environment: Environment,
  { wrangler, tell }: DeployPorts,
): Promise<void> {
  const { ok, output } = await wrangler([...deployArgs(worker, environment), '--dry-run']);
  if (!ok) throw new UserError(`${output}\nThe ${worker} was not built for ${environment}.`);
  const size = /Total Upload: (.+)/.exec(output)?.[1] ?? 'of unknown size';
  tell(`The ${worker} was built for ${environment}: ${size}.`);
}

async function upload(
  what: { worker: WorkerName; environment: Environment; commit: string },
  secrets: Secrets,
  { wrangler, tell }: DeployPorts,
): Promise<string[]> {
  const { worker, environment, commit } = what;
  const args = [...deployArgs(worker, environment), '--tag', commit, '--message', commit];
  const { ok, output, targets } = await wrangler(args, secretsOf(worker, secrets));
  if (!ok) throw new UserError(`${output}\nThe ${worker} was not deployed.`);
  tell(`The ${worker} is deployed: ${targets.join(', ')}`);
  return targets.filter((target) => URL.canParse(target));
}

function deployArgs(worker: WorkerName, environment: Environment): string[] {
  return ['deploy', '--config', WORKERS[worker], '--env', environment, '--minify'];
}

async function bringUpToDate(databaseUrl: string, ports: DeployPorts): Promise<void> {
  const { run, close } = ports.open(databaseUrl);
  try {
    const { pending, isNew } = await readPending(run, ports.migrations);
    if (pending.length === 0) ports.tell('No migration is pending.');
    // There is no old version beside an empty database.
    if (isNew) for (const { tag } of pending) ports.tell(`Pending: ${tag}.`);
    else tellMigrations(pending, ports);
    for (const migration of pending) {
      await applyMigration(run, migration);
      ports.tell(`Applied ${migration.tag}.`);
    }
  } finally {
    await close();
  }
}

/** @throws UserError where one of them would harm the version that still runs. */
function tellMigrations(migrations: Migration[], { tell }: DeployPorts): void {
  const dangers = migrations.flatMap(({ tag, statements }) =>
    dangersIn(statements).map((danger) => `${tag} ${danger}`),
  );
  for (const { tag, statements } of migrations) tell(`${tag}: ${statements.length} statement(s).`);
  if (dangers.length === 0) return;
  throw new UserError(
    [
      'The version that runs meanwhile, or comes back with a rollback, may not survive this:',
      ...dangers,
      'Do it in two deployments, or say in a comment of the statement: -- safe beside the old version: why',
    ].join('\n  '),
  );
}

function tellWayBack(workers: WorkerName[], environment: Environment, { tell }: DeployPorts): void {
  tell('To go back to the version before, for which the database stays as it is now:');
  for (const worker of workers) {
    const config = worker === 'shop' ? '' : ' --config data-api/wrangler.toml';
    tell(`  npx wrangler rollback --env ${environment}${config}`);
  }
}
