/**
 * Why a call gave no value, read from whatever came back. Must not throw on strange bodies: a
 * proxy's error page is an answer too.
 */
import type { Stock } from '../../worker/contract/events.ts';
import type { FieldError } from '../../worker/contract/problems.ts';
import type { Price } from '../format/money.ts';
import type { CallProblemCode } from '../texts/problem-code.ts';
import { PROBLEM_TEXTS } from '../texts/texts.ts';

export interface CallProblem {
  readonly code: CallProblemCode;
  readonly retryAfterMs?: number;
  readonly stock?: Stock;
  readonly nextReleaseAt?: string;
  readonly limit?: number;
  readonly held?: number;
  readonly bought?: number;
  /** Units that other accounts of one's mailbox wait for. */
  readonly waiting?: number;
  /** What a unit costs now, where it is not what was shown. */
  readonly price?: Price;
  readonly fields?: readonly FieldError[];
  /** Who changed last what was to be changed, and when. */
  readonly changedBy?: { readonly name?: string; readonly at: string };
  readonly requestId?: string;
}

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: CallProblem };

/** Codes after which nobody knows whether the call took effect, or it surely may yet. */
const UNSETTLED: ReadonlySet<CallProblemCode> = new Set([
  'offline',
  'no_answer',
  'rate_limited',
  'busy',
  'unavailable',
  'internal',
]);

/** Whether to say the same thing again, with the same idempotency key, is right. */
export function isUnsettled(problem: CallProblem): boolean {
  return UNSETTLED.has(problem.code);
}

export function needsSignIn(problem: CallProblem): boolean {
  return problem.code === 'unauthenticated' || problem.code === 'token_expired';
}

/** @param retryAfter the `Retry-After` header: seconds, or null where there is none. */
export function readProblem(
  body: unknown,
  { status, retryAfter }: { status: number; retryAfter: string | null },
): CallProblem {
  const members = isRecord(body) ? body : {};
  const { nextReleaseAt, requestId } = members;
  const stock = readStock(members['stock']);
  const fields = readFields(members['errors']);
  const retryAfterSeconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return {
    code: isCode(members['code']) ? members['code'] : codeOfStatus(status),
    ...(retryAfterSeconds >= 0 && { retryAfterMs: retryAfterSeconds * 1000 }),
    ...(stock && { stock }),
    ...(isInstant(nextReleaseAt) && { nextReleaseAt }),
    ...numbersOf(members),
    ...priceOf(members),
    ...(fields.length > 0 && { fields }),
    ...changeIn(members['changedBy']),
    ...(typeof requestId === 'string' && { requestId }),
  };
}

function codeOfStatus(status: number): CallProblemCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limited';
  // 502 to 504 come from in front of the Worker, 521 and on from Cloudflare's edge.
  if (status >= 502) return 'unavailable';
  return status >= 500 ? 'internal' : 'malformed';
}

const NUMBERS = ['limit', 'held', 'bought', 'waiting'] as const;

function numbersOf(members: Record<string, unknown>): Pick<CallProblem, (typeof NUMBERS)[number]> {
  const named = NUMBERS.map((name) => [name, members[name]]);
  return Object.fromEntries(named.filter(([, value]) => typeof value === 'number'));
}

function priceOf({ priceCents, currency }: Record<string, unknown>) {
  return typeof priceCents === 'number' && typeof currency === 'string'
    ? { price: { priceCents, currency } }
    : {};
}

function readStock(value: unknown): Stock | undefined {
  if (!isRecord(value)) return undefined;
  const { total, remaining, held, sold } = value;
  const counts = [total, remaining, held, sold];
  if (!counts.every((count) => typeof count === 'number' && count >= 0)) return undefined;
  return { total, remaining, held, sold } as Stock;
}

function readFields(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry): entry is FieldError =>
      isRecord(entry) && typeof entry['path'] === 'string' && typeof entry['message'] === 'string',
  );
}

function changeIn(value: unknown): Pick<CallProblem, 'changedBy'> {
  if (!isRecord(value) || !isInstant(value['at'])) return {};
  const { name, at } = value;
  return { changedBy: { at, ...(typeof name === 'string' && { name }) } };
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isCode(value: unknown): value is CallProblemCode {
  return typeof value === 'string' && Object.hasOwn(PROBLEM_TEXTS, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
