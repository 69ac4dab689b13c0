/** One request to the API, from its headers to its answer, with the provider's faults. Does no resource's work. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type ErrorFields } from './api-error.ts';
import { expand, takeExpansions } from './expand.ts';
import { parseForm } from './form.ts';
import { type Keyed, keepAnswer, keptAnswer, keyed } from './idempotency.ts';
import { routeOf } from './routes.ts';
import { API_VERSION, type World } from './world.ts';

export interface ApiRequest {
  method: string;
  path: string;
  /** Of the address, without its `?`. */
  query: string;
  header(name: string): string | undefined;
  body: string;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface ApiOptions {
  secretKey: string;
  pageUrl: string;
}

/** Before it, cancelling made refunds, and events had other forms. */
const VERSION_MIN = '2025-03-31';
const VERSION_FORM = /^(\d{4}-\d{2}-\d{2})(\.[a-z]+)?$/;

/** @returns undefined where the connection is to be cut. */
export async function answerApi(
  world: World,
  request: ApiRequest,
  options: ApiOptions,
): Promise<ApiAnswer | undefined> {
  const { faults } = world;
  if (faults.slowMs > 0) await sleep(faults.slowMs);
  const requestId = world.newId('req');
  try {
    if (faults.isDown) throw unavailable();
    if (faults.limitRate > 0) {
      faults.limitRate -= 1;
      throw tooMany();
    }
    checkKey(request, options.secretKey);
    const version = versionOf(request);
    const { method, path, body } = request;
    const key = keyed(request.header('idempotency-key'), { method, path, body });
    const headers = {
      'request-id': requestId,
      'stripe-version': version,
      ...(key !== undefined && { 'idempotency-key': key.key }),
    };
    const kept = key === undefined ? undefined : keptAnswer(world, key);
    if (kept !== undefined) {
      return json(kept.status, kept.body, { ...headers, 'idempotent-replayed': 'true' });
    }
    world.request = { id: requestId, idempotency_key: key?.key ?? null };
    const answer = json(...work(world, request, { key, pageUrl: options.pageUrl }), headers);
    return answerWithFaults(world, request, { key, answer });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return json(error.status, errorBody(error.fields), { 'request-id': requestId });
  } finally {
    world.request = { id: null, idempotency_key: null };
  }
}

/** @throws ApiError before anything was begun. */
function work(
  world: World,
  { method, path, query, body }: ApiRequest,
  { key, pageUrl }: { key: Keyed | undefined; pageUrl: string },
): [status: number, body: string] {
  const { run, id } = routeOf(method, path);
  const { paths, form } = takeExpansions(parseForm(method === 'GET' ? query : body));
  let result: [number, string];
  try {
    result = [200, text(expand(world, run(world, { id, form, pageUrl }), paths))];
  } catch (error) {
    if (!(error instanceof ApiError) || error.isBeforeWork) throw error;
    result = [error.status, errorBody(error.fields)];
  }
  if (key !== undefined) keepAnswer(world, key, { status: result[0], body: result[1] });
  return result;
}

/** The change is made, and whoever asked for it does not hear so. */
function answerWithFaults(
  world: World,
  { method }: ApiRequest,
  { key, answer }: { key: Keyed | undefined; answer: ApiAnswer },
): ApiAnswer | undefined {
  const { faults } = world;
  if (method !== 'POST') return answer;
  if (faults.cutAfterWork > 0) {
    faults.cutAfterWork -= 1;
    return undefined;
  }
  if (faults.failAfterWork === 0) return answer;
  faults.failAfterWork -= 1;
  const failed = { status: 500, body: errorBody(unknownError()) };
  // As Stripe does: the failure is what this key stands for from now on.
  if (key !== undefined) keepAnswer(world, key, failed);
  return { ...failed, headers: answer.headers };
}

function checkKey({ header }: ApiRequest, secretKey: string): void {
  const [scheme = '', given = ''] = (header('authorization') ?? '').split(' ');
  const isBasic = scheme.toLowerCase() === 'basic';
  const key = isBasic ? Buffer.from(given, 'base64').toString().replace(/:$/, '') : given;
  if (key === secretKey && /^(basic|bearer)$/i.test(scheme)) return;
  throw new ApiError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' });
}

function versionOf({ header }: ApiRequest): string {
  const given = header('stripe-version') ?? API_VERSION;
  const date = VERSION_FORM.exec(given)?.[1];
  if (date !== undefined && date >= VERSION_MIN) return given;
  const message = `Invalid Stripe API version: ${given}; this server knows those since ${VERSION_MIN}`;
  throw new ApiError(400, { type: 'invalid_request_error', message });
}

function unavailable(): ApiError {
  return new ApiError(503, { type: 'api_error', message: 'The API is not available.' });
}

function tooMany(): ApiError {
  return new ApiError(429, {
    type: 'rate_limit_error',
    code: 'rate_limit',
    message: 'Too many requests',
  });
}

function unknownError(): ErrorFields {
  return { type: 'api_error', message: 'An unknown error occurred' };
}

function errorBody(fields: ErrorFields): string {
  return text({ error: fields });
}

function text(body: object): string {
  return JSON.stringify(body, null, 2);
}

function json(status: number, body: string, headers: Record<string, string>): ApiAnswer {
  return { status, body, headers: { 'content-type': 'application/json', ...headers } };
}
