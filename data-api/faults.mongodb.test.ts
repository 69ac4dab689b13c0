import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTcpProxy, type TcpProxy } from '../bench/faults/tcp-proxy.ts';
import { freePort } from '../local/free-port.ts';
import { OPERATION_MS_MAX } from './protocol/limits.ts';
import {
  dropDatabase,
  mongodbUri,
  type Running,
  startDriver,
  startGateway,
} from './testing/backends.ts';
import { COLLECTION } from './testing/case.ts';
import { type FerretDb, openFerretDb } from './testing/ferretdb.ts';
import { DATA_SOURCE, KEY } from './testing/suite.ts';

const uri = mongodbUri();
/** Signals need a server of our own; .ci/mongodb tells where its binary is. */
const ferretDb = process.env['FERRETDB'];
if (!ferretDb) console.log('FERRETDB names no binary: freezing and killing it is not tested here.');

/** The store's own limit, and what the way there and back may take on a busy machine. */
const ANSWER_MS_MAX = OPERATION_MS_MAX + 2_000;
const RECOVERY_TRIES_MAX = 5;
const WRITES = 60;

interface Answer {
  status: number;
  body: Record<string, unknown>;
  tookMs: number;
}

function asker({ served }: Running) {
  return async (action: string, fields: object): Promise<Answer> => {
    const startedAtMs = performance.now();
    const response = await served.fetch(`/action/${action}`, {
      method: 'POST',
      headers: { apiKey: KEY, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        dataSource: DATA_SOURCE,
        database: served.database,
        collection: COLLECTION,
        ...fields,
      }),
    });
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body, tookMs: performance.now() - startedAtMs };
  };
}

type Ask = ReturnType<typeof asker>;

const insert = (ask: Ask, _id: string) => ask('insertOne', { document: { _id } });

/** Fails at once or in time, in the words of the Data API. */
function expectFault({ status, body, tookMs }: Answer): void {
  expect([503, 504]).toContain(status);
  expect(['ServiceUnavailable', 'ExecutionTimeLimitExceeded']).toContain(body['error_code']);
  expect(tookMs).toBeLessThan(ANSWER_MS_MAX);
}

async function expectRecovery(ask: Ask): Promise<void> {
  for (let n = 0; n < RECOVERY_TRIES_MAX; n++) {
    const { status } = await ask('find', { filter: {} });
    if (status === 200) return;
  }
  throw new Error(`it did not recover within ${RECOVERY_TRIES_MAX} requests`);
}

async function expectAllThere(ask: Ask, written: string[]): Promise<void> {
  const { body } = await ask('find', { filter: {} });
  const there = (body['documents'] as { _id: string }[]).map(({ _id }) => _id);
  expect(there).toEqual(expect.arrayContaining(written));
  expect(new Set(there).size).toBe(there.length);
}

/** @returns the ids that were reported written, each tried once. */
async function writeThrough(ask: Ask, disturb: (n: number) => Promise<void> | void) {
  const written: string[] = [];
  for (let n = 0; n < WRITES; n++) {
    await disturb(n);
    const { status } = await insert(ask, `w${n}`);
    if (status === 200) written.push(`w${n}`);
  }
  return written;
}

const BACKENDS = [
  ['the driver in Node', startDriver],
  ['the gateway in workerd', startGateway],
] as const;

describe.each(BACKENDS)('%s over a bad wire', (_name, start) => {
  const database = `data_api_${randomUUID().slice(0, 8)}`;
  let wire: TcpProxy;
  let running: Running;
  let ask: Ask;

  beforeEach(async () => {
    const { hostname, port } = new URL(uri);
    if (hostname !== '127.0.0.1' && hostname !== 'localhost') {
      throw new Error('the bad wire leads to this machine only; MONGODB_URI is on another');
    }
    wire = await openTcpProxy(Number(port || 27_017));
    running = await start(`mongodb://127.0.0.1:${wire.port}/?directConnection=true`, database);
    ask = asker(running);
  });

  afterEach(async () => {
    await running?.stop();
    await wire?.close();
    await dropDatabase(uri, database);
  });

  it('answers while MongoDB is away at the start, and works when it comes', async () => {
    wire.setMode('cut');
    expectFault(await insert(ask, 'a'));
    wire.setMode('pass');
    await expectRecovery(ask);
  });

  it('answers in time when MongoDB falls silent, and works when it speaks again', async () => {
    expect((await insert(ask, 'a')).status).toBe(200);
    wire.setMode('black_hole');
    const silent = await Promise.all([insert(ask, 'b'), ask('find', { filter: {} })]);
    for (const answer of silent) expectFault(answer);
    wire.setMode('pass');
    await expectRecovery(ask);
    await expectAllThere(ask, ['a']);
  });

  it('answers an insertMany whose connection is cut as a fault, and not as refused', async () => {
    expect((await insert(ask, 'a')).status).toBe(200);
    wire.setMode('cut');
    expectFault(await ask('insertMany', { documents: [{ _id: 'b' }, { _id: 'c' }] }));
    wire.setMode('pass');
    await expectRecovery(ask);
    await expectAllThere(ask, ['a']);
  });

  it('waits for a slow MongoDB', async () => {
    wire.setMode('delay');
    expect((await insert(ask, 'a')).status).toBe(200);
    await expectAllThere(ask, ['a']);
  });

  it('loses nothing that it reported written while connections are cut again and again', async () => {
    const written = await writeThrough(ask, (n) => {
      if (n % 10 === 5) wire.setMode('cut');
      if (n % 10 === 6) wire.setMode('pass');
    });
    await expectRecovery(ask);
    await expectAllThere(ask, written);
    expect(written.length).toBeGreaterThan(WRITES / 2);
  });
});

describe.runIf(ferretDb)('a MongoDB that is frozen or killed', () => {
  let server: FerretDb;
  let ask: Ask;
  let running: Running;

  beforeEach(async () => {
    const port = await freePort();
    server = await openFerretDb(ferretDb ?? '', port);
    running = await startGateway(`mongodb://127.0.0.1:${port}/`, 'faults');
    ask = asker(running);
  });

  afterEach(async () => {
    await running?.stop();
    await server?.stop();
  });

  it('that was never there is answered for, and found when it starts', async () => {
    expectFault(await insert(ask, 'a'));
    await server.start();
    await expectRecovery(ask);
  });

  it('frozen is answered for in time, and goes on when it thaws', async () => {
    await server.start();
    expect((await insert(ask, 'a')).status).toBe(200);
    server.signal('SIGSTOP');
    expectFault(await insert(ask, 'b'));
    server.signal('SIGCONT');
    await expectRecovery(ask);
    await expectAllThere(ask, ['a']);
  });

  it('killed in the middle of writes loses nothing that was reported written', async () => {
    await server.start();
    const written = await writeThrough(ask, async (n) => {
      if (n === 20 || n === 40) await server.kill();
      if (n === 21 || n === 41) await server.start();
    });
    await expectRecovery(ask);
    await expectAllThere(ask, written);
    expect(written.length).toBeGreaterThan(WRITES / 2);
  });
});
