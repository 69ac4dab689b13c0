/** One operation of the API as the OpenAPI document has it; the entries are beside it. */
import type { ZodObject, ZodType } from 'zod';
import { PROBLEMS, type ProblemCode } from '../../contract/problems.ts';

export type Tag =
  | 'Events'
  | 'Purchase'
  | 'Queue'
  | 'Accounts'
  | 'Profile'
  | 'Reviews'
  | 'Administration'
  | 'Service';

/** A response header that an answer always carries, or carries in the case that it names. */
export type AnswerHeader =
  | 'ETag'
  | 'Idempotent-Replayed'
  | 'Location'
  | 'Server-Now'
  | 'Set-Cookie'
  | 'Content-Disposition'
  | 'Last-Modified'
  | 'Retry-After';

type MediaType =
  | 'application/json'
  | 'text/html'
  | 'text/csv'
  | 'text/calendar'
  | 'application/openmetrics-text'
  | 'application/x-ndjson';

export interface SuccessAnswer {
  description: string;
  /** Left out for an answer without a body. */
  schema?: ZodType;
  /** JSON unless it is given. */
  mediaType?: MediaType;
  /** The same text for a caller whose Accept prefers this one. */
  plainType?: 'text/plain';
  example?: unknown;
  /** Beside those that follow from the operation's other fields. */
  headers?: AnswerHeader[];
}

export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, with `{name}` for each member of `params`. */
  path: string;
  operationId: string;
  tag: Tag;
  summary: string;
  /** Markdown is not read: plain sentences. */
  description?: string;
  /** Who may call: anybody, whoever is signed in, admins, whoever has the metrics' token, or a provider. */
  caller: 'anybody' | 'customer' | 'admin' | 'scraper' | 'mail_provider' | 'payment_provider';
  params?: Record<string, { schema: ZodType; example: string }>;
  query?: ZodObject;
  body?: { schema: ZodType; example: unknown; optional?: boolean };
  /** Takes the bytes of a picture in place of a body of JSON. */
  takesPicture?: boolean;
  /** Takes a form in place of the body, of which nothing is read. */
  takesForm?: boolean;
  /** Takes an Idempotency-Key, and marks an answer that is a replay. */
  idempotent?: boolean;
  /** Reads the cookie that keeps a login. */
  refreshCookie?: boolean;
  /**
   * Its answers have a strong ETag, which names the version that an admin's form shows; a change takes
   * an If-Match.
   */
  versioned?: boolean;
  /** Has an ETag and answers 304 to an If-None-Match that names it. */
  revalidated?: boolean;
  answers: Record<number, SuccessAnswer>;
  /** Beside those that follow from the other fields, see problemCodesOf. */
  problems?: ProblemCode[];
  /** By status, beside those that every problem of that status has. */
  problemHeaders?: Record<number, AnswerHeader[]>;
}

/** Every problem that an operation may answer, by status: its own and those that each like it has. */
export function problemCodesOf(operation: Operation): ProblemCode[] {
  const { method, caller, params, problems = [] } = operation;
  const codes: ProblemCode[] = ['malformed', 'internal', 'unavailable', ...problems];
  // A webhook of payments that is not signed is malformed, as its provider expects.
  if (caller !== 'anybody' && caller !== 'payment_provider') codes.push('unauthenticated');
  // Callers are counted, see http/read-limits.ts.
  if (caller === 'customer' || caller === 'admin') codes.push('token_expired', 'rate_limited');
  if (caller === 'admin') codes.push('forbidden');
  if (params !== undefined) codes.push('not_found');
  if (operation.versioned && method !== 'get') codes.push('precondition_failed');
  // A body that nobody asked for is refused in the same way.
  if (method !== 'get') codes.push('too_large', 'unsupported_media_type');
  return [...new Set(codes)].toSorted(
    (one, other) => PROBLEMS[one].status - PROBLEMS[other].status,
  );
}
