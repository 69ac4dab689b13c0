/**
 * The MongoDB Data API v1 over any store: a request in, an answer out. Nothing of a request
 * reaches the store before its key, form, operators and collection are checked.
 */
import { answerPreflight, corsHeaders } from './protocol/cors.ts';
import { checkKey } from './protocol/credentials.ts';
import { parseBody, toCanonical } from './protocol/ejson.ts';
import { BODY_BYTES_MAX, DRAINED_BYTES_MAX, IN_FLIGHT_MAX } from './protocol/limits.ts';
import { isAction, type Operation, type Reach, readOperation } from './protocol/operation.ts';
import { toPlainJson } from './protocol/plain-json.ts';
import { type Refusal, Refused, STATUS } from './protocol/refusal.ts';
import { type ReturnType, returnTypeFor } from './protocol/return-type.ts';
import type { DocumentStore, Outcome } from './store.ts';

const RETRY_AFTER_S = '1';

export interface DataApiConfig extends Reach {
  key: string;
  /** What comes before `/action/…`; without one, any path that ends so is answered. */
  basePath?: string | undefined;
  /** Of insertOne and insertMany. 200 is what MongoDB described, 201 what it sent. */
  insertedStatus?: 200 | 201;
  /** The form of answers to requests that accept neither or both; JSON without it. */
  returnType?: ReturnType;
  /** Of pages in browsers that may ask; `*` is any. Without it none may. */
  allowedOrigins?: ReadonlySet<string>;
}

export interface DataApiOptions {
  store: DocumentStore;
  config: DataApiConfig;
  /** Called for faults only, never with documents, filters or keys. */
  log?: (message: string, error: unknown) => void;
}

/** @returns a handler that answers every request and never throws. */
export function createDataApi(options: DataApiOptions): (request: Request) => Promise<Response> {
  const { store, config, log = () => {} } = options;
  let inFlight = 0;

  async function answer(request: Request): Promise<Response> {
    const preflight = answerPreflight(request, config.allowedOrigins);
    if (preflight !== undefined) {
      actionIn(request, config);
      return preflight;
    }
    const operation = await read(request, config);
    const outcome = await run(operation);
    if ('refusal' in outcome) return refuse(outcome.refusal);
    const inserted = operation.action === 'insertOne' || operation.action === 'insertMany';
    const type = returnTypeFor(request.headers.get('Accept'), config.returnType ?? 'JSON');
    return respond(type, inserted ? (config.insertedStatus ?? 200) : 200, outcome.answer);
  }

  async function run(operation: Operation): Promise<Outcome> {
    if (inFlight >= IN_FLIGHT_MAX) {
      throw new Refused('TooManyRequests', 'too many requests at the same time');
    }
    inFlight++;
    try {
      return await store.run(operation);
    } finally {
      inFlight--;
    }
  }

  async function answerOrRefuse(request: Request): Promise<Response> {
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof Refused) return refuse(error);
      log('the Data API failed', error);
      return refuse({ code: 'InternalServerError', message: 'internal server error' });
    }
  }

  return async (request) => {
    const response = await answerOrRefuse(request);
    for (const [name, value] of Object.entries(corsHeaders(request, config.allowedOrigins))) {
      response.headers.set(name, value);
    }
    return response;
  };
}

async function read(request: Request, config: DataApiConfig): Promise<Operation> {
  const action = actionIn(request, config);
  if (request.method !== 'POST') throw new Refused('MethodNotAllowed', 'only POST is answered');
  checkKey(request.headers, config.key);
  const type = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'application/ejson') {
    const message = 'Content-Type must be application/json or application/ejson';
    throw new Refused('UnsupportedMediaType', message);
  }
  return readOperation(action, parseBody(await readBytes(request)), config);
}

/** @throws Refused where its path is none of ours. */
function actionIn(request: Request, { basePath }: DataApiConfig) {
  const { pathname } = new URL(request.url);
  const [, base, name = ''] = /^(.*)\/action\/(\w+)$/.exec(pathname) ?? [];
  if (base === undefined || !isAction(name) || (basePath !== undefined && base !== basePath)) {
    throw new Refused('NotFound', 'there is no such endpoint');
  }
  return name;
}

/** Too much is read on for a while and not kept: a sender cut off would never see the answer. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > DRAINED_BYTES_MAX) break;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  if (bytes > BODY_BYTES_MAX) {
    throw new Refused('RequestTooLarge', `the body is larger than ${BODY_BYTES_MAX} bytes`);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : joined(chunks, bytes);
}

function joined(chunks: Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function respond(type: ReturnType, status: number, answer: Record<string, unknown>): Response {
  const ejson = type === 'EJSON';
  return new Response(ejson ? toCanonical(answer) : toPlainJson(answer), {
    status,
    headers: {
      'Content-Type': ejson ? 'application/ejson' : 'application/json',
      'Cache-Control': 'no-store',
    },
  });
}

function refuse({ code, message }: Refusal): Response {
  const status = STATUS[code];
  const again = status === 429 || status === 503;
  return Response.json(
    { error: message, error_code: code },
    {
      status,
      headers: { 'Cache-Control': 'no-store', ...(again ? { 'Retry-After': RETRY_AFTER_S } : {}) },
    },
  );
}
