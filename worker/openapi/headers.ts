/** Response headers in the OpenAPI document. */
import type { AnswerHeader, Operation } from './operations/operation.ts';

type AnyHeader = AnswerHeader | 'X-Request-Id' | 'Cache-Control' | 'WWW-Authenticate';

const SWITCHING_PROTOCOLS = 101;
const NO_CONTENT = 204;

const text = (description: string, example: string) => ({
  description,
  schema: { type: 'string' },
  example,
});

/** Always there where an operation's answer names them, but for those that name their case. */
export const HEADERS: Record<
  AnyHeader,
  { description: string; required?: boolean; schema: object }
> = {
  'X-Request-Id': {
    ...text('Names the request; the caller’s own where it is short and plain.', 'a-1'),
    required: true,
  },
  'Cache-Control': { ...text('Who may keep the answer.', 'no-store'), required: true },
  'Server-Now': {
    description: 'The server’s time when it answered, with milliseconds; on a 304 too.',
    required: true,
    schema: { type: 'string', format: 'date-time' },
  },
  ETag: {
    ...text(
      'Names what was read, without serverNow, to be sent as If-None-Match; or, of what admins edit, the version that is there, to be sent as If-Match.',
      'W/"5c1f"',
    ),
    required: true,
  },
  'Retry-After': {
    description: 'Seconds to wait before the same call may succeed.',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  'WWW-Authenticate': { ...text('How to sign in.', 'Bearer'), required: true },
  'Idempotent-Replayed': {
    description: 'Only on the repeated answer to a request that was made before.',
    schema: { type: 'string', const: 'true' },
  },
  Location: {
    ...text('Where the new thing is.', '/api/v1/admin/events/evt_0123456789ab'),
    required: true,
  },
  'Set-Cookie': {
    ...text(
      'Keeps the login in a browser, out of reach of its pages; or ends it there.',
      'swiftdrop_refresh=token; Path=/api/v1/auth; HttpOnly; Secure; SameSite=Strict',
    ),
    required: true,
  },
  'Last-Modified': {
    ...text('When the content last changed.', 'Sun, 22 Nov 2026 12:00:00 GMT'),
    required: true,
  },
  'Content-Disposition': {
    ...text('The name of the file.', 'attachment; filename="orders.csv"'),
    required: true,
  },
};

/** The headers of one answer, as references. */
export function headersOf(
  operation: Operation,
  answer: { status: number; extra?: AnswerHeader[] | undefined },
): Record<string, { $ref: string }> {
  const { status, extra = [] } = answer;
  const good = status < 400;
  if (status === SWITCHING_PROTOCOLS) return {};
  const names: AnyHeader[] = ['X-Request-Id', 'Cache-Control', ...extra];
  if (operation.method === 'get') names.push('Server-Now');
  // What is gone has no version.
  const isTagged = operation.versioned && ((good && status !== NO_CONTENT) || status === 412);
  if ((operation.revalidated && good) || isTagged) names.push('ETag');
  if (operation.idempotent && good) names.push('Idempotent-Replayed');
  if (status === 429 || status === 503) names.push('Retry-After');
  if (status === 401) names.push('WWW-Authenticate');
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
