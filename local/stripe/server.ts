/**
 * The part of Stripe's HTTP API that a shop needs, served on this machine with a hosted page and signed
 * webhooks. No money moves, and nothing leaves the machine but webhooks to the address it was given.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { callerFault } from '../neon/local-callers.ts';
import { readBody } from '../neon/read-body.ts';
import { RequestRefused } from '../neon/request-refused.ts';
import { seededRandom } from '../random/seeded-random.ts';
import { type ApiAnswer, type ApiOptions, answerApi } from './api.ts';
import { answerControl, badControl, CONTROL_PATH, type Control } from './control.ts';
import { createCourse } from './course.ts';
import { answerPage, PAGE_PATH } from './hosted-page.ts';
import { openState } from './kept-state.ts';
import { KEEP_ALIVE_MS_MAX, REQUEST_BYTES_MAX } from './limits.ts';
import { noFaults } from './provider-faults.ts';
import { createWebhooks, type WebhookEndpoint } from './webhooks.ts';
import type { World } from './world.ts';

const HOST = '127.0.0.1';
const ID_BYTES = 12;

export interface StripeServerOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** `sk_test_…`, asked of every request. */
  secretKey: string;
  webhook?: WebhookEndpoint;
  /** Where the state is kept; without one it ends with the server. */
  file?: string;
  /** Decides a random order of webhooks. */
  seed?: number;
  nowMs?(): number;
  log?(line: string): void;
}

export interface StripeServer extends Control {
  /** The origin, for what stands in for `https://api.stripe.com`. */
  url: string;
  close(): Promise<void>;
}

export async function startStripe(options: StripeServerOptions): Promise<StripeServer> {
  const { secretKey, nowMs: machineMs = Date.now, seed = 1, log = () => {} } = options;
  const report = (error: unknown) => log(`local Stripe: ${describe(error)}`);
  const kept = await openState(options.file);
  const { state } = kept;
  const world: World = {
    state,
    faults: noFaults(),
    nowMs: () => machineMs() + state.clockAheadMs,
    random: seededRandom(seed),
    newId: (prefix) => `${prefix}_${randomBytes(ID_BYTES).toString('hex')}`,
    soonestTimerMs: undefined,
    eventCount: 0,
    request: { id: null, idempotency_key: null },
  };
  const course = createCourse({
    world,
    webhooks: createWebhooks(world, options.webhook),
    changed: kept.write,
    report,
  });
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS_MAX }, (request, response) => {
    // Time goes on before anybody looks.
    course.runTimers();
    const api: ApiOptions = { secretKey, pageUrl: `${url}${PAGE_PATH}` };
    answerRequest(request, { world, control: course, api })
      .then((answer) => {
        // Whoever is answered may rely on it, even if this process is killed the next moment.
        kept.write();
        return answer;
      })
      .catch((error: unknown): ApiAnswer => {
        if (error instanceof RequestRefused) return text(error.status, error.message);
        report(error);
        return text(500, 'A bug of the local Stripe; see its log.');
      })
      .then((answer) => {
        send(request, response, answer);
        return request.method === 'GET' ? undefined : course.goOn();
      })
      .catch(report);
  });
  server.listen(options.port ?? 0, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const url = `http://${HOST}:${address.port}`;
  await course.goOn();
  return {
    url,
    ...course,
    async close() {
      course.stop();
      server.closeAllConnections();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await closed;
      kept.close();
    },
  };
}

interface Answering {
  world: World;
  control: Control;
  api: ApiOptions;
}

/** @returns undefined where the connection is to be cut. */
async function answerRequest(
  request: IncomingMessage,
  { world, control, api }: Answering,
): Promise<ApiAnswer | undefined> {
  const { method = '', headers } = request;
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const isPage = path.startsWith(PAGE_PATH);
  const fault = isPage ? browserFault(request) : callerFault(headers);
  if (fault !== undefined) return text(403, fault);
  const body = Buffer.from(await readBody(request, REQUEST_BYTES_MAX)).toString();
  if (isPage) {
    if (world.faults.isDown) return text(503, 'The payment page is not available.');
    return answerPage(world, { method, path, body });
  }
  if (!path.startsWith(CONTROL_PATH)) {
    const header = (name: string) => [headers[name]].flat()[0];
    return answerApi(world, { method, path, query, body, header }, api);
  }
  if (headers.authorization !== `Bearer ${api.secretKey}`) return text(401, 'The key is missing.');
  try {
    return await answerControl(control, { method, path, body });
  } catch (error) {
    const answer = badControl(error);
    if (answer === undefined) throw error;
    return answer;
  }
}

/** The hosted page is for browsers, and its form for itself alone. */
function browserFault({ headers }: IncomingMessage): string | undefined {
  const { host, origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return 'other pages are not served here';
  return callerFault({ host });
}

function send(request: IncomingMessage, response: ServerResponse, answer: ApiAnswer | undefined) {
  // A body nobody read would be taken for the next request on this connection.
  request.resume();
  if (answer === undefined) {
    request.socket.destroy();
    return;
  }
  const length = { 'content-length': Buffer.byteLength(answer.body) };
  response.writeHead(answer.status, { ...answer.headers, ...length }).end(answer.body);
}

function text(status: number, body: string): ApiAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
