// Owns the local HTTP server that speaks Neon's SQL-over-HTTP protocol in front of a SqlBackend.
// Stands in for neondatabase/neon's proxy on one machine; never listens beyond 127.0.0.1, and unlike
// that proxy answers no web page.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, answerFault, answerJson, isExpected, transactionHeaders } from './answer.ts';
import { checkCredentials } from './credentials.ts';
import {
  KEEP_ALIVE_MS_MAX,
  REQUEST_BYTES_MAX,
  REQUESTS_IN_FLIGHT_MAX,
  RESULT_BYTES_MAX,
  SHUTDOWN_MS_MAX,
} from './limits.ts';
import { callerFault } from './local-callers.ts';
import { readBody } from './read-body.ts';
import { RequestRefused } from './request-refused.ts';
import { resultToJson } from './result-json.ts';
import { createResultMeter, type SqlBackend } from './sql-backend.ts';
import { readSqlBody, readSqlHeaders, type SqlHeaders } from './sql-request.ts';

const HOST = '127.0.0.1';
const PATH = '/sql';

export interface NeonEndpointOptions {
  backend: SqlBackend;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Asked of every request; null lets anybody on this machine run SQL. */
  password: string | null;
  /** Called for faults only, never of SQL, parameters or credentials. */
  log?: (line: string) => void;
  limits?: Partial<EndpointLimits>;
}

interface EndpointLimits {
  requestBytesMax: number;
  resultBytesMax: number;
  requestsInFlightMax: number;
}

export interface NeonEndpoint {
  /** http://127.0.0.1:<port>/sql, for `neonConfig.fetchEndpoint`. */
  url: string;
  /** For `neon()`; carries the password, and a host and database that name nothing. */
  connectionString: string;
  /** Answers what is in flight, then stops listening. The backend stays its owner's to close. */
  close(): Promise<void>;
}

const LIMITS: EndpointLimits = {
  requestBytesMax: REQUEST_BYTES_MAX,
  resultBytesMax: RESULT_BYTES_MAX,
  requestsInFlightMax: REQUESTS_IN_FLIGHT_MAX,
};

export async function startNeonEndpoint(options: NeonEndpointOptions): Promise<NeonEndpoint> {
  if (options.password === '') throw new TypeError('an empty password would be refused to all');
  const serve = createRequestHandler(options);
  const inFlight = new Set<Promise<void>>();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS_MAX }, (request, response) => {
    const ahead = inFlight.size;
    const delivered = untilDelivered(request, response);
    const done = serve(request, response, ahead)
      .then(() => delivered)
      .finally(() => inFlight.delete(done));
    inFlight.add(done);
  });
  await listen(server, options.port ?? 0);
  // Such as no file descriptors left to accept with; it must not end the process.
  server.on('error', (error) => options.log?.(`local Neon endpoint: ${describe(error)}`));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const password = encodeURIComponent(options.password ?? 'any');
  return {
    url: `http://${HOST}:${port}${PATH}`,
    connectionString: `postgres://swiftdrop:${password}@localhost/swiftdrop`,
    close: () => closeServer(server, inFlight),
  };
}

function createRequestHandler(options: NeonEndpointOptions) {
  const limits = { ...LIMITS, ...options.limits };
  const log = options.log ?? (() => {});

  async function answer(request: IncomingMessage, ahead: number): Promise<Answer> {
    const fault = callerFault(request.headers);
    if (fault !== undefined) throw new RequestRefused(403, fault);
    if (request.url?.split('?')[0] !== PATH) throw new RequestRefused(404, 'not found');
    if (request.method !== 'POST') throw new RequestRefused(405, 'method not allowed');
    if (ahead >= limits.requestsInFlightMax) throw new RequestRefused(503, 'too many requests');
    // Before the body is read, so that a caller without the password cannot make this process hold one.
    checkCredentials(request.headers, options.password);
    const headers = readSqlHeaders(request.headers);
    return runSql(await readBody(request, limits.requestBytesMax), headers);
  }

  async function runSql(body: Uint8Array, headers: SqlHeaders): Promise<Answer> {
    const { rawText, mode } = headers;
    const asked = readSqlBody(body, headers);
    const meter = createResultMeter(limits.resultBytesMax);
    if (asked.kind === 'single') {
      const result = await options.backend.run(asked.statement, meter);
      return answerJson(resultToJson(result, { rawText, arrayMode: asked.statement.arrayMode }));
    }
    const { statements } = asked;
    const results = await options.backend.runBatch({ statements, mode }, meter);
    const shaped = results.map((result, i) =>
      resultToJson(result, { rawText, arrayMode: statements[i]?.arrayMode ?? headers.arrayMode }),
    );
    return answerJson({ results: shaped }, transactionHeaders(mode));
  }

  return async (request: IncomingMessage, response: ServerResponse, ahead: number) => {
    let outcome: Answer;
    try {
      outcome = await answer(request, ahead);
    } catch (error) {
      if (!isExpected(error)) log(`local Neon endpoint: ${describe(error)}`);
      outcome = answerFault(error);
    }
    send(request, response, outcome);
  };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  // A body nobody read would be taken for the next request on this connection.
  request.resume();
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

/** Resolves when the answer is sent or its reader is gone, which may be long before there is one. */
function untilDelivered(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { socket } = request;
  response.on('error', () => {});
  return new Promise((resolve) => {
    const done = () => {
      socket.off('close', done);
      resolve();
    };
    response.once('close', done);
    socket.once('close', done);
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Error(`Cannot serve SQL on ${HOST}:${port}: ${cause.message}`, { cause }));
    });
    server.listen(port, HOST, resolve);
  });
}

async function closeServer(server: Server, inFlight: Set<Promise<void>>): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cut = setTimeout(() => server.closeAllConnections(), SHUTDOWN_MS_MAX);
  await Promise.allSettled(inFlight);
  server.closeAllConnections();
  await closed;
  clearTimeout(cut);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
