/** The wrangler.toml files: an environment inherits no binding, so each is held to the top level. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { faultsIn, type Variable, type VariableTable } from '../data-api/environment.ts';
import { VARIABLES as GATEWAY_VARIABLES } from '../data-api/variables.ts';
import { VARIABLES as PREVIEWS_VARIABLES } from '../previews/variables.ts';
import { VARIABLES as SHOP_VARIABLES } from '../worker/config/variables.ts';
import {
  ENVIRONMENTS,
  lacksEmailBinding,
  readEnvironment,
  WORKERS,
  type WorkerName,
} from './environments.ts';

const TABLES: Record<WorkerName, VariableTable> = {
  shop: SHOP_VARIABLES,
  gateway: GATEWAY_VARIABLES,
  previews: PREVIEWS_VARIABLES,
};

const everywhere = (Object.keys(WORKERS) as WorkerName[]).flatMap((worker) =>
  ENVIRONMENTS.map((environment) => ({ worker, environment })),
);

/** All but what an environment is called, by what it sends mail, where it keeps things, and with whom it shares counters. */
function comparable({ worker, environment }: Partial<(typeof everywhere)[number]>) {
  const config = readEnvironment(worker ?? 'shop', environment);
  return {
    ...config,
    name: '',
    targetEnvironment: '',
    secrets: '',
    send_email: [],
    vars: Object.keys(config.vars).toSorted(),
    analytics_engine_datasets: config.analytics_engine_datasets.map(({ binding }) => binding),
    r2_buckets: config.r2_buckets.map(({ binding }) => binding),
    ratelimits: config.ratelimits.map((limit) => ({ ...limit, namespace_id: '' })),
  };
}

function namesOf(worker: WorkerName, kind: Variable['kind']): string[] {
  const entries = Object.entries(TABLES[worker]);
  return entries.filter(([, variable]) => variable.kind === kind).map(([name]) => name);
}

describe.each(everywhere)('the $environment environment of the $worker', (at) => {
  const { worker, environment } = at;

  it('has every binding, variable, limit, class and cron of the top level', () => {
    expect(comparable(at)).toEqual(comparable({ worker }));
  });

  it('names every variable of the table, no secret, and nothing else', () => {
    const { vars } = readEnvironment(worker, environment);
    expect(Object.keys(vars).toSorted()).toEqual(namesOf(worker, 'variable').toSorted());
  });

  it('is not deployed without the secrets that are always needed', () => {
    const needed = namesOf(worker, 'secret').filter(
      (name) => TABLES[worker][name]?.needed === 'always',
    );
    expect(readEnvironment(worker, environment).secrets?.required ?? []).toEqual(needed);
  });

  it('has no variable that its Worker would not take', () => {
    const { vars } = readEnvironment(worker, environment);
    const faults = faultsIn(TABLES[worker], vars).filter(({ fault }) => fault === 'malformed');
    expect(faults).toEqual([]);
  });
});

it('has the binding for mails wherever Cloudflare sends them', () => {
  for (const environment of ENVIRONMENTS) {
    expect(lacksEmailBinding(readEnvironment('shop', environment))).toBe(false);
  }
  const [vars, email] = [{ MAIL_VIA: 'cloudflare' }, { name: 'EMAIL' }];
  expect(lacksEmailBinding({ vars, send_email: [] })).toBe(true);
  expect(lacksEmailBinding({ vars, send_email: [{ name: 'OTHER' }] })).toBe(true);
  expect(lacksEmailBinding({ vars, send_email: [email] })).toBe(false);
  expect(lacksEmailBinding({ vars: { MAIL_VIA: '' }, send_email: [] })).toBe(false);
});

it('keeps what is uploaded for each environment in a bucket of its own', () => {
  const buckets = ENVIRONMENTS.flatMap((environment) =>
    readEnvironment('shop', environment).r2_buckets.map((bucket) => bucket.bucket_name),
  );
  expect(buckets).toHaveLength(ENVIRONMENTS.length);
  expect(new Set(buckets).size).toBe(buckets.length);
});

it('calls no two Workers alike, and lets no two share a counter', () => {
  const all = [...everywhere, { worker: 'shop' as const, environment: undefined }];
  const configs = all.map(({ worker, environment }) => readEnvironment(worker, environment));
  const names = configs.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const counters = configs.flatMap(({ ratelimits }) =>
    ratelimits.map((limit) => limit.namespace_id),
  );
  expect(new Set(counters).size).toBe(counters.length);
});

it('declares objects by their classes and has no list of migrations beside that', () => {
  for (const worker of Object.keys(WORKERS) as WorkerName[]) {
    const { exports, migrations, durable_objects } = readEnvironment(worker, undefined);
    expect(migrations).toEqual([]);
    const classes = durable_objects.bindings.map((binding) => binding.class_name);
    expect(Object.keys(exports).toSorted()).toEqual(classes.toSorted());
  }
});

describe('the runtime', () => {
  const files = [
    ...Object.values(WORKERS),
    new URL('../bench/speed/wrangler.toml', import.meta.url),
  ];
  const dates = files.map(
    (file) => /^compatibility_date = "(.*)"$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 'none',
  );
  const wrangler = createRequire(createRequire(import.meta.url).resolve('wrangler/package.json'));

  it('is asked for one date by every Worker', () => {
    expect(dates).toEqual(files.map(() => expect.stringMatching(/^\d{4}-\d\d-\d\d$/)));
    expect(new Set(dates).size).toBe(1);
  });

  it('is at least as new as that date, and the date not much older than it', () => {
    // 1.20261102.1 knows the behaviour of 2026-11-02.
    const { version } = wrangler('workerd/package.json') as { version: string };
    const built = version.replace(/^1\.(\d{4})(\d\d)(\d\d)\..*$/, '$1-$2-$3');
    expect(dates.filter((date) => date > built)).toEqual([]);
    const days = (Date.parse(built) - Date.parse(dates[0] ?? '')) / 86_400_000;
    expect(days).toBeLessThan(180);
  });

  it('is installed once, by exact versions that belong together', () => {
    const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
    const runtimes = Object.keys(lock.packages).filter((path) => /(^|\/)workerd$/.test(path));
    expect(runtimes).toEqual(['node_modules/workerd']);
    const { dependencies, devDependencies } = lock.packages[''];
    const loose = Object.entries<string>({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
    const plugin = lock.packages['node_modules/@cloudflare/vitest-plugin'];
    expect(plugin.dependencies.wrangler).toBe(devDependencies.wrangler);
  });
});
