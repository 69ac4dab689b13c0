/** Cases of bytes and headers that are not a request of the Data API, or hardly one. */

export interface WireCase {
  name: string;
  path?: string;
  method?: string;
  /** Beside a right key and `application/json`; null takes one away. */
  headers?: Record<string, string | null>;
  body?: string | Uint8Array<ArrayBuffer>;
  status: number;
  code?: string;
  error?: string;
}

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** @param request a find as text, with its filter put where `FILTER` stands. */
export function wireCases(request: string, key: string): WireCase[] {
  const finding = (filter: string) => request.replace('FILTER', filter);
  return [...credentials(finding('{}'), key), ...routes(finding('{}')), ...bodies(finding)];
}

function credentials(good: string, key: string): WireCase[] {
  const without = { apiKey: null };
  const session = 'invalid session: error finding user for endpoint';
  return [
    { name: 'takes apiKey', body: good, status: 200 },
    { name: 'takes api-key', headers: { ...without, 'api-key': key }, body: good, status: 200 },
    {
      name: 'takes a Bearer token',
      headers: { ...without, Authorization: `Bearer ${key}` },
      body: good,
      status: 200,
    },
    {
      name: 'refuses a request without credentials',
      headers: without,
      body: good,
      status: 400,
      code: 'InvalidParameter',
      error: 'no authentication methods were specified',
    },
    {
      name: 'refuses half of a pair of credentials',
      headers: { ...without, email: 'a@example.com' },
      body: good,
      status: 400,
      code: 'MissingParameter',
      error:
        'must specify some form of authentication (either email+password, api-key, or jwt) in the request header or body',
    },
    {
      name: 'refuses users, of which there are none',
      headers: { ...without, email: 'a@example.com', password: 'secret' },
      body: good,
      status: 401,
      code: 'InvalidSession',
      error: session,
    },
    {
      name: 'refuses a wrong key',
      headers: { apiKey: `${key}x` },
      body: good,
      status: 401,
      code: 'InvalidSession',
      error: session,
    },
    {
      name: 'refuses a wrong key before it reads the body',
      headers: { apiKey: 'wrong' },
      body: 'x'.repeat(1_000_000),
      status: 401,
      code: 'InvalidSession',
    },
    {
      name: 'refuses a wrong Bearer token beside a right key',
      headers: { Authorization: 'Bearer wrong' },
      body: good,
      status: 401,
      code: 'InvalidSession',
    },
  ];
}

function routes(good: string): WireCase[] {
  return [
    {
      name: 'takes application/ejson with a charset',
      headers: { 'Content-Type': 'application/ejson; charset=utf-8' },
      body: good,
      status: 200,
    },
    {
      name: 'knows no other action',
      path: '/action/dropDatabase',
      body: good,
      status: 404,
      code: 'NotFound',
    },
    {
      name: 'knows no action of an object’s prototype',
      path: '/action/constructor',
      body: good,
      status: 404,
      code: 'NotFound',
    },
    { name: 'answers POST only', method: 'PUT', body: good, status: 405, code: 'MethodNotAllowed' },
    {
      name: 'refuses another media type',
      headers: { 'Content-Type': 'text/plain' },
      body: good,
      status: 415,
      code: 'UnsupportedMediaType',
    },
  ];
}

function bodies(finding: (filter: string) => string): WireCase[] {
  const good = finding('{}');
  return [
    { name: 'refuses an empty body', body: '', status: 400, code: 'InvalidParameter' },
    { name: 'refuses half a body', body: good.slice(0, -5), status: 400, code: 'InvalidParameter' },
    {
      name: 'refuses a body that is no object',
      body: '[1]',
      status: 400,
      code: 'InvalidParameter',
    },
    { name: 'refuses null', body: 'null', status: 400, code: 'InvalidParameter' },
    {
      name: 'refuses invalid UTF-8',
      body: new Uint8Array([...new TextEncoder().encode(good.slice(0, 2)), 0xc3, 0x28]),
      status: 400,
      code: 'InvalidParameter',
    },
    {
      name: 'refuses __proto__ as a key',
      body: finding('{"__proto__":{"a":1}}'),
      status: 400,
      code: 'InvalidParameter',
    },
    {
      name: 'refuses a zero byte in a key',
      body: finding('{"a\\u0000b":1}'),
      status: 400,
      code: 'InvalidParameter',
    },
    { name: 'takes 60 objects inside each other', body: finding(nested(60)), status: 200 },
    {
      name: 'refuses 100 objects inside each other',
      body: finding(nested(100)),
      status: 400,
      code: 'InvalidParameter',
    },
    {
      name: 'refuses 100,000 lists inside each other',
      body: '['.repeat(100_000),
      status: 400,
      code: 'InvalidParameter',
    },
    {
      name: 'takes a body of 1 MB',
      body: finding(`{"a":"${'x'.repeat(1_000_000)}"}`),
      status: 200,
    },
    {
      name: 'refuses a body of 20 MB',
      body: finding(`{"a":"${'x'.repeat(20_000_000)}"}`),
      status: 413,
      code: 'RequestTooLarge',
    },
  ];
}
