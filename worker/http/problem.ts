/** Problems on the wire: `application/problem+json` (RFC 9457), made in one place. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type FieldError, PROBLEMS, type ProblemCode } from '../contract/problems.ts';

export interface ProblemFields {
  detail?: string;
  errors?: FieldError[];
  /** Becomes a Retry-After header, in whole seconds and at least one. */
  retryAfterMs?: number;
  headers?: Record<string, string>;
  /** Members that belong to the code, such as `opensAt`. */
  extra?: Record<string, unknown>;
}

/** Thrown by routes and guards to end a request with a problem; caught in app.ts. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: ProblemCode;
  readonly fields: ProblemFields;

  constructor(code: ProblemCode, fields: ProblemFields = {}) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}

export function problemResponse(
  code: ProblemCode,
  fields: ProblemFields & { requestId?: string } = {},
): Response {
  const { status, title }: { status: ContentfulStatusCode; title: string } = PROBLEMS[code];
  const { detail, errors, retryAfterMs, extra, requestId } = fields;
  const body = {
    type: `urn:swiftdrop:problem:${code}`,
    title,
    status,
    code,
    ...extra,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  const headers = new Headers(fields.headers);
  headers.set('Content-Type', 'application/problem+json');
  if (retryAfterMs !== undefined) {
    headers.set('Retry-After', String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
  }
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer');
  return new Response(JSON.stringify(body), { status, headers });
}
