/** One request to Stripe: its headers, its time limit, and what its failures mean. Knows no resource. */
import * as z from 'zod';
import { boundedText } from '../../platform/bounded-text.ts';
import { PaymentFault } from '../payment-fault.ts';
import { encodeForm, type Params } from './form.ts';
import type { AccountChoices } from './session-params.ts';

/** The one that .ci/payments holds all requests against, and that the objects in objects.ts are read in. */
const API_VERSION = '2026-08-26.dahlia';
/** A page of payments with their charges takes some hundred kilobytes. */
const ANSWER_BYTES_MAX = 4 * 1_024 * 1_024;
const RETRY_AFTER_S_MAX = 60 * 60;

export interface StripePorts extends AccountChoices {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The origin of the API. */
  apiUrl: string;
  secretKey: string;
  /** Of a request with its answer. */
  timeoutMs: number;
}

export interface Request {
  path: string;
  params?: Params;
  /** Undefined: it only reads. */
  key?: string;
}

/** Stripe did not do it, because of what it was asked for or of the state of an object. */
export interface Refused {
  status: 400 | 402 | 404;
  code: string | undefined;
  param: string | undefined;
}

export type Answer = { json: unknown; refused?: undefined } | { refused: Refused };

/** https://docs.stripe.com/api/errors */
const errorSchema = z.object({
  error: z.object({
    type: z.string(),
    code: z.string().optional(),
    param: z.string().optional(),
  }),
});

/** @throws PaymentFault for all but what Stripe did or would not do. */
export async function callStripe(ports: StripePorts, request: Request): Promise<Answer> {
  const answer = await send(ports, request);
  const json = parse(await textOf(answer));
  if (answer.ok) {
    if (json === undefined) throw new PaymentFault('unreadable');
    return { json };
  }
  return { refused: refusalOf(answer, json, request) };
}

/** @throws PaymentFault where an answer is not of the form. */
export function read<S extends z.ZodType>(schema: S, json: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(json);
  if (success) return data;
  throw new PaymentFault('unreadable', { cause: error });
}

async function send(ports: StripePorts, { path, params = {}, key }: Request): Promise<Response> {
  const form = encodeForm(params);
  const isRead = key === undefined;
  try {
    return await ports.fetch(`${ports.apiUrl}${path}${isRead && form !== '' ? `?${form}` : ''}`, {
      method: isRead ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${ports.secretKey}`,
        'Stripe-Version': API_VERSION,
        ...(!isRead && {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Idempotency-Key': key,
        }),
      },
      body: isRead ? null : form,
      // The key to our money goes to the configured address alone.
      redirect: 'manual',
      signal: AbortSignal.timeout(ports.timeoutMs),
    });
  } catch (cause) {
    throw new PaymentFault('no_answer', { cause });
  }
}

async function textOf(answer: Response): Promise<string | undefined> {
  try {
    return await boundedText(answer, ANSWER_BYTES_MAX);
  } catch (cause) {
    throw new PaymentFault('no_answer', { cause });
  }
}

/** @throws PaymentFault for what is no refusal. */
function refusalOf({ status, headers }: Response, json: unknown, { key }: Request): Refused {
  const error = errorSchema.safeParse(json).data?.error;
  const cause = `status ${status} ${error?.type ?? ''} ${error?.code ?? ''} ${error?.param ?? ''}`;
  if (error?.type === 'idempotency_error') throw new PaymentFault('key_reused', { cause });
  switch (status) {
    case 400:
    case 402:
    case 404:
      if (error === undefined) throw new PaymentFault('unreadable', { cause });
      return { status, code: error.code, param: error.param };
    case 401:
    case 403:
      throw new PaymentFault('unauthorised', { cause });
    case 409:
    case 502:
    case 503:
    case 504:
      throw new PaymentFault('unavailable', { cause });
    case 429:
      throw new PaymentFault('throttled', { cause, retryAfterMs: retryAfterMs(headers) });
    default:
      if (status < 500) throw new PaymentFault('unreadable', { cause });
      // Stripe keeps it under the key: https://docs.stripe.com/api/idempotent_requests
      throw new PaymentFault(key === undefined ? 'unavailable' : 'key_spent', { cause });
  }
}

function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  if (!/^\d{1,9}$/.test(text)) return undefined;
  return Math.min(Math.max(Number(text), 1), RETRY_AFTER_S_MAX) * 1_000;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
