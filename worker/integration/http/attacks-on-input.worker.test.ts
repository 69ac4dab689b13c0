/** SQL in every text that any operation takes, and guessing at what was not published. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { EVENT_ID } from '../../openapi/operations/examples.ts';
import type { Operation } from '../../openapi/operations/operation.ts';
import { OPERATIONS } from '../../openapi/operations/table.ts';
import { expectProblem, newEmail } from '../../testing/accounts.ts';
import { forgetFace } from '../../testing/face.ts';
import { pass, reserve } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const PAYLOADS = [
  "'; DROP TABLE orders; --",
  "' OR '1'='1",
  "') UNION SELECT password_hash FROM users --",
  "\\'; SELECT pg_sleep(10); --",
  '$1; DELETE FROM users',
  "/'||pg_sleep(10)||'",
];
/** Characters that Postgres does not have, and times that it cannot represent. */
const STRANGE = [
  'a\u0000b',
  '/\u0000',
  '/\ud800',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
];
const LIST_AGE_MS_MAX = 2_000;
/** Queries that take any text: they find rows that have it. Every other one has a form, and refuses it. */
const FREE_TEXTS = new Set(['q', 'category', 'subject', 'actor', 'action']);

let admin: Shopper;

/** What is sought is words: signs stand between them. */
const soughtIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

// Or the pages of other files would have it.
afterAll(forgetFace);

beforeAll(async () => {
  admin = await makeShopper('admin');
});

afterEach(() => {
  vi.useRealTimers();
});

type Path = (string | number)[];

interface Node {
  type?: string;
  anyOf?: Node[];
  properties?: Record<string, Node>;
  items?: Node;
}

/** Where a body has texts, by its schema: also those that its example leaves out. */
function textsIn(node: Node, at: Path = []): Path[] {
  if (node.anyOf) return node.anyOf.flatMap((one) => textsIn(one, at));
  if (node.items) return textsIn(node.items, [...at, 0]);
  if (node.type === 'string') return [at];
  return Object.entries(node.properties ?? {}).flatMap(([name, one]) =>
    textsIn(one, [...at, name]),
  );
}

/** Also where the example has nothing. */
function withText(value: unknown, [key, ...rest]: Path, text: string): unknown {
  if (key === undefined) return text;
  const copy = structuredClone(value ?? (typeof key === 'number' ? [] : {})) as Record<
    string | number,
    unknown
  >;
  copy[key] = withText(copy[key], rest, text);
  return copy;
}

function pathOf({ path, params = {} }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => params[name]?.example ?? '');
}

/** All that an answer says, but for its request id. */
async function wordsOf(answer: Response): Promise<object> {
  return { ...(await answer.json<object>()), requestId: '' };
}

async function rowsOf(table: string): Promise<number> {
  const [row] = await deps.stores.db.$client.query(`SELECT count(*)::int AS rows FROM ${table}`);
  return row?.['rows'];
}

const inBodies = OPERATIONS.flatMap((operation) => {
  const { body, method, path } = operation;
  if (body === undefined) return [];
  const schema = z.toJSONSchema(body.schema, { io: 'input' }) as Node;
  return textsIn(schema).map((at) => ({ operation, method, path, at, field: at.join('.') }));
});

const inQueries = OPERATIONS.flatMap((operation) =>
  Object.keys(operation.query?.shape ?? {}).map((field) => ({
    operation,
    path: operation.path,
    field,
  })),
);

describe('SQL', () => {
  it('is tried in every text of every body and query', () => {
    const fields = inBodies.map(({ path, field }) => `${path} ${field}`);
    for (const field of [
      '/auth/login email',
      '/auth/login password',
      '/auth/register displayName',
      '/profile displayName',
      '/admin/items category',
      '/admin/events timeZone',
      '/admin/events items.0.itemId',
    ]) {
      expect(fields).toContain(field);
    }
    expect(inQueries.map(({ path, field }) => `${path} ${field}`)).toContain('/events q');
  });

  it.each(inBodies)('in $field of $method $path is text, or refused', async (asked) => {
    const { operation, at, method } = asked;
    const before = [await rowsOf('orders'), await rowsOf('users')];
    for (const payload of [...PAYLOADS, ...STRANGE]) {
      const { token } = operation.caller === 'admin' ? admin : await makeShopper();
      const isLogin = operation.operationId === 'login';
      const given = operation.body?.example as object;
      const example = 'email' in given ? { ...given, email: newEmail() } : given;
      const body = withText(example, at, payload);
      const answer = await call(method.toUpperCase(), pathOf(operation), { token, body });
      const text = await answer.text();
      // This shop sends no mail, and says so before it looks at a password.
      const isDecided = answer.status < 500 || text.includes('"mail_unavailable"');
      expect(isDecided, text).toBe(true);
      expect(answer.ok && isLogin).toBe(false);
      expect(text).not.toMatch(/syntax|postgres|relation|drizzle/i);
    }
    expect(await rowsOf('orders')).toBeGreaterThanOrEqual(before[0] ?? 0);
    expect(await rowsOf('users')).toBeGreaterThanOrEqual(before[1] ?? 0);
  });

  it.each(inQueries)(
    'in ?$field= of $path finds only what says so',
    async ({ operation, field }) => {
      const { token } = operation.caller === 'admin' ? admin : await makeShopper();
      for (const payload of PAYLOADS) {
        const search = new URLSearchParams({ [field]: payload });
        const path = `${pathOf(operation)}?${search.toString()}`;
        const answer = await call(operation.method.toUpperCase(), path, { token });
        if (operation.params !== undefined && answer.status === 404) continue;
        if (!FREE_TEXTS.has(field)) {
          await expectProblem(answer, 400, 'malformed');
          continue;
        }
        expect(answer.status).toBe(200);
        const { categories = [], ...lists } = await answer.json<{ categories?: string[] }>();
        // Of all sales, whatever is sought.
        expect(categories.join()).not.toContain(payload);
        const rows = Object.values(lists).filter(Array.isArray).flat();
        for (const row of rows.filter((one) => typeof one === 'object')) {
          const text = JSON.stringify(row).toLowerCase();
          expect(soughtIn(payload).filter((word) => !text.includes(word))).toEqual([]);
        }
      }
    },
  );
});

describe('an event that is not published', () => {
  it('cannot be found by id, list or search, recounted or bought from', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const title = `Secret ${deps.platform.nowMs()}`;
    const { eventId, eventItemId } = await makeEvent({ published: false, title });
    const shopper = await makeShopper();
    const q = encodeURIComponent(title);
    for (const { token } of [shopper, { token: undefined }, admin]) {
      for (const path of [`/events/${eventId}`, `/events/${eventId}/integrity`]) {
        await expectProblem(await call('GET', path, { token }), 404, 'not_found');
      }
      for (const query of ['', '?limit=100', `?q=${q}`, '?status=locked', '?status=live']) {
        const list = await call('GET', `/events${query}`, { token });
        expect(await list.text()).not.toContain(eventId);
        pass(LIST_AGE_MS_MAX);
      }
    }
    await expectProblem(await reserve(shopper, eventItemId), 404, 'not_found');
    await expectProblem(await reserve(admin, eventItemId), 404, 'not_found');
    // Answered as one that does not exist.
    const guessed = await wordsOf(await call('GET', `/events/${eventId}`));
    expect(guessed).toEqual(await wordsOf(await call('GET', `/events/${EVENT_ID}`)));
  });
});
