/**
 * Compares the gateway with the client that it keeps and with a client for each request: the same
 * Worker on plain workerd, the same MongoDB, the same request, in turns.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFerretDb } from '../../data-api/testing/ferretdb.ts';
import { freePort } from '../../local/free-port.ts';
import { UserError } from '../../local/user-error.ts';
import { percentile } from '../rehearse/statistics.ts';
import { buildBundle } from '../speed/bundle.ts';
import { compatibilityDateOf } from '../speed/capnp.ts';
import { type Connection, openConnection, requestText } from '../speed/connection.ts';
import { type Client, runPhase } from '../speed/phase.ts';
import { usageOf } from '../speed/process-usage.ts';
import { type Runtime, startRuntime } from '../speed/workerd.ts';
import { type Column, interleave, type Phase } from './comparison.ts';
import type { MeasureOptions, MeasureResult } from './measurement.ts';
import { comparisonLines } from './report.ts';

const CONFIG = fileURLToPath(new URL('./gateway.toml', import.meta.url));
const CONNECTIONS = [1, 16] as const;
const DOCUMENTS = 100;
const RAMP_MS = 1_000;
const US_PER_SECOND = 1e6;
/** Clients for one request need some time to close. */
const REST_MS = 1_000;
/** As .ci/mongodb builds it. */
const FERRETDB = 'swiftdrop/ferretdb-v1.24.2/ferretdb';

type Kind = 'kept' | 'per request';
const PATHS: Record<Kind, string> = {
  kept: '/kept/action/',
  'per request': '/per-request/action/',
};
const COLUMNS: Column[] = [
  { figure: 'perSecond', title: 'requests a second', better: 'high' },
  { figure: 'p50Ms', title: 'p50 ms', better: 'low' },
  { figure: 'p99Ms', title: 'p99 ms', better: 'low' },
  { figure: 'runtimeUsEach', title: 'runtime CPU us', better: 'low' },
];

export async function measureGateway(options: MeasureOptions): Promise<MeasureResult> {
  const opened: (() => Promise<void>)[] = [];
  try {
    const uri = await openMongodb(opened);
    const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-gateway-'));
    opened.push(() => rm(folder, { recursive: true, force: true }));
    options.logStep('building the gateway');
    const bundle = await buildBundle(folder, CONFIG);
    const key = randomBytes(32).toString('base64url');
    const variables = {
      MONGODB_URI: uri,
      DATA_API_KEY: key,
      DATA_API_DATABASE: 'gateway_bench',
      DATA_API_COLLECTIONS: 'documents',
    };
    const runtime = await startRuntime(bundle, variables, {
      built: {
        compatibilityDate: compatibilityDateOf(await readFile(CONFIG, 'utf8')),
        objects: { MONGO: 'MongoObject' },
      },
    });
    opened.push(runtime.stop);
    await plant(runtime, key);
    return await measure(options, runtime, key);
  } finally {
    for (const close of opened.toReversed()) await close();
  }
}

/** @throws UserError if there is none to be had. */
async function openMongodb(opened: (() => Promise<void>)[]): Promise<string> {
  const given = process.env['MONGODB_URI'];
  if (given) return given;
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const binary = process.env['FERRETDB'] || join(cache, FERRETDB);
  if (!existsSync(binary)) {
    throw new UserError(
      'There is no MongoDB: set MONGODB_URI, or let .ci/mongodb build a FerretDB.',
    );
  }
  const port = await freePort();
  const ferretDb = await openFerretDb(binary, port);
  opened.push(ferretDb.stop);
  await ferretDb.start();
  return `mongodb://127.0.0.1:${port}/`;
}

async function plant(runtime: Runtime, key: string): Promise<void> {
  const connection = await openConnection(runtime.port);
  const target = {
    dataSource: 'mongodb-atlas',
    database: 'gateway_bench',
    collection: 'documents',
  };
  const ask = async (action: string, body: object): Promise<void> => {
    const json = JSON.stringify({ ...target, ...body });
    const path = `${PATHS.kept}${action}`;
    const answer = await connection.send(requestText(path, { token: key, json }));
    if (answer.status !== 200) throw new Error(`${action}: ${answer.status} ${answer.body}`);
  };
  await ask('deleteMany', { filter: {} });
  const documents = Array.from({ length: DOCUMENTS }, (_, n) => ({ _id: `d${n}`, n }));
  await ask('insertMany', { documents });
  connection.close();
}

async function measure(
  { rounds, seconds, logStep, stopped }: MeasureOptions,
  runtime: Runtime,
  key: string,
): Promise<MeasureResult> {
  const lines: string[] = [];
  const figures: Record<string, Phase<Kind>[]> = {};
  const wrong: string[] = [];
  for (const connections of CONNECTIONS) {
    const phases: Phase<Kind>[] = [];
    for (const turn of interleave<Kind>(['kept', 'per request'], rounds)) {
      stopped.throwIfAborted();
      logStep(`${connections} at once, round ${turn.round + 1} of ${rounds}: ${turn.kind}`);
      const asked = { runtime, key, kind: turn.kind, connections, seconds };
      const phase = await measurePhase(asked);
      wrong.push(...phase.errors.map((error) => `${turn.kind}: ${error}`));
      phases.push({ ...turn, figures: phase.figures });
    }
    lines.push(`findOne by _id, ${connections} at once`);
    lines.push(...comparisonLines(phases, 'kept', COLUMNS), '');
    figures[connections] = phases;
  }
  return { lines, figures, wrong };
}

async function measurePhase(asked: {
  runtime: Runtime;
  key: string;
  kind: Kind;
  connections: number;
  seconds: number;
}): Promise<{ figures: Record<string, number>; errors: string[] }> {
  const { runtime, key, kind, connections, seconds } = asked;
  const open = await Promise.all(
    Array.from({ length: connections }, () => openConnection(runtime.port)),
  );
  try {
    const clients = open.map((connection) => findClient(connection, `${PATHS[kind]}findOne`, key));
    const pids = runtime.pid === undefined ? [] : [runtime.pid];
    const times = { rampMs: RAMP_MS, countMs: seconds * 1_000 };
    const counted = await runPhase(clients, times, () => usageOf(pids).cpuSeconds);
    const { units, ms, before, after } = counted;
    const sorted = counted.tookMs.toSorted((a, b) => a - b);
    return {
      figures: {
        perSecond: (units * 1_000) / ms,
        p50Ms: percentile(sorted, 50),
        p99Ms: percentile(sorted, 99),
        runtimeUsEach: units === 0 ? 0 : ((after - before) * US_PER_SECOND) / units,
      },
      errors: Object.entries(counted.errors).map(([code, count]) => `${count} times ${code}`),
    };
  } finally {
    for (const connection of open) connection.close();
    await new Promise((done) => setTimeout(done, REST_MS));
  }
}

function findClient(connection: Connection, path: string, key: string): Client {
  let asked = 0;
  return async () => {
    const id = `d${asked++ % DOCUMENTS}`;
    const json = JSON.stringify({
      dataSource: 'mongodb-atlas',
      database: 'gateway_bench',
      collection: 'documents',
      filter: { _id: id },
    });
    const { status, body } = await connection.send(requestText(path, { token: key, json }));
    const expected = status === 200 && body.includes(`"_id":"${id}"`);
    return { units: 1, code: `${status} ${body.slice(0, 100)}`, expected };
  };
}
