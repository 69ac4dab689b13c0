/** Input checks: every body, query and parameter fits its schema, or its faults are answered. */
import { zValidator } from '@hono/zod-validator';
import type { Context, ValidationTargets } from 'hono';
import { createMiddleware } from 'hono/factory';
import type * as z from 'zod';
import { PICTURE_LIMITS } from '../contract/picture-uploads.ts';
import { type FieldError, fieldErrorSchema } from '../contract/problems.ts';
import { LIMITS } from '../contract/values.ts';
import { HttpProblem } from './problem.ts';

export const ERRORS_SHOWN_MAX = 20;
const JSON_TYPE = /^application\/json\s*(;|$)/i;
const FILE_TYPE = /^(image\/[\w.+-]+|application\/octet-stream)\s*(;|$)/i;
const FORM_TYPE = /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i;

export interface BodyKind {
  types: readonly RegExp[];
  bytesMax: number;
  /** Counted by its route. */
  isCounted?: boolean;
  /** What to send, for people. */
  wanted: string;
}

export const JSON_BODY: BodyKind = {
  types: [JSON_TYPE],
  bytesMax: LIMITS.bodyBytesMax,
  wanted: 'Send application/json.',
};
/** For the one route that mail programs call. */
export const JSON_OR_FORM: BodyKind = { ...JSON_BODY, types: [JSON_TYPE, FORM_TYPE] };
/** What the file is, is seen by its bytes alone. */
export const PICTURE_FILE: BodyKind = {
  types: [FILE_TYPE],
  bytesMax: PICTURE_LIMITS.bytesMax,
  isCounted: true,
  wanted: 'Send the bytes of a picture as image/jpeg, image/png or the like.',
};

/** A validator for one part of the request; what fails is a `malformed` problem with its fields. */
export function valid<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  return zValidator(target, schema, (result) => {
    if (result.success) return;
    const errors = result.error.issues.slice(0, ERRORS_SHOWN_MAX).map(fieldErrorOf);
    // An id that cannot be one names nothing.
    throw target === 'param'
      ? new HttpProblem('not_found')
      : new HttpProblem('malformed', { errors });
  });
}

function fieldErrorOf(issue: z.core.$ZodIssue): FieldError {
  const { path, message } = issue;
  const reason: unknown = issue.code === 'custom' ? issue.params?.['reason'] : undefined;
  const fault = fieldErrorSchema.shape.reason.safeParse(reason);
  return { path: path.join('.'), message, ...(fault.data && { reason: fault.data }) };
}

/** Lets a body be left out where every field of it has a default. */
export const bodyOptional = createMiddleware(async (c, next) => {
  // Without a type an empty body is read as {} anyway, which is the common and cheap case.
  if (c.req.header('Content-Type') !== undefined && !hasBody(c)) emptyBody(c);
  await next();
});

/** Takes a form for an empty body: what is asked for is in the address. See `bodyVerdict`. */
export const formAccepted = createMiddleware(async (c, next) => {
  if (FORM_TYPE.test(c.req.header('Content-Type') ?? '')) emptyBody(c);
  await next();
});

function emptyBody(c: Context): void {
  const headers = new Headers(c.req.raw.headers);
  headers.set('Content-Type', 'application/json');
  headers.delete('Content-Length');
  c.req.raw = new Request(c.req.url, { method: c.req.method, headers, body: '{}' });
}

/**
 * Whether a body may be read, by its head alone: `counted` where its length is not said. One that
 * does not call itself JSON would otherwise be read as empty.
 * @param taken what the body is, where it is not JSON alone: see BODIES in pipeline/request-check.ts
 */
export function bodyVerdict(
  { body, headers }: Request,
  taken: BodyKind = JSON_BODY,
): 'open' | 'counted' | 'too_large' | 'unsupported_media_type' {
  if (body === null) return 'open';
  const length = headers.get('Content-Length');
  if (length === '0') return 'open';
  if (Number(length) > taken.bytesMax) return 'too_large';
  const type = headers.get('Content-Type') ?? '';
  if (!taken.types.some((known) => known.test(type))) return 'unsupported_media_type';
  const isSaid = length !== null && !headers.has('Transfer-Encoding');
  return isSaid || taken.isCounted ? 'open' : 'counted';
}

/**
 * The request's Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): a quoted string,
 * or a bare one, of 1 to 255 printable ASCII characters; null if there is none.
 */
export function idempotencyKeyOf(c: Context): string | null {
  const header = c.req.header('Idempotency-Key')?.trim();
  if (header === undefined) return null;
  const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(header)?.[1];
  const key = quoted?.replace(/\\(["\\])/g, '$1') ?? header;
  const wellFormed = quoted !== undefined || /^[\x21\x23-\x7e]+$/.test(header);
  if (!wellFormed || key.length === 0 || key.length > LIMITS.idempotencyKeyCharsMax) {
    const message = 'must be a quoted string of 1 to 255 printable ASCII characters';
    throw new HttpProblem('malformed', { errors: [{ path: 'Idempotency-Key', message }] });
  }
  return key;
}

/**
 * For a call that makes nothing more when it is sent again, whatever its key: the key may be sent, and
 * only its form is looked at.
 */
export const keyAccepted = createMiddleware(async (c, next) => {
  idempotencyKeyOf(c);
  await next();
});

function hasBody(c: Context): boolean {
  const length = c.req.header('Content-Length');
  return length === undefined ? c.req.raw.body !== null : length !== '0';
}
