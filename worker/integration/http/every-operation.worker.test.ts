/**
 * Every operation of the description, asked by nobody, a customer and an admin, with what it takes
 * and with what it does not. The cases follow from the table of operations: a new operation has
 * them all, and fails here until OUTCOMES says what a good call to it comes to.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventInputSchema } from '../../contract/event-input.ts';
import {
  commentIdSchema,
  loginIdSchema,
  orderIdSchema,
  queueEntryIdSchema,
  reviewIdSchema,
  userIdSchema,
} from '../../contract/ids.ts';
import { languageSchema } from '../../contract/languages.ts';
import { legalPageSchema } from '../../contract/legal.ts';
import { outboxIdSchema } from '../../contract/outbox-list.ts';
import type { Operation } from '../../openapi/operations/operation.ts';
import { OPERATIONS } from '../../openapi/operations/table.ts';
import { currentLoginOf, expectProblem, newEmail, signUp } from '../../testing/accounts.ts';
import { forgetFace } from '../../testing/face.ts';
import { forgetLegalTexts, makeLegalText } from '../../testing/legal.ts';
import { NOBODY, OUTCOMES, type Outcome } from '../../testing/operation-outcomes.ts';
import { addOutboxRow } from '../../testing/outbox.ts';
import { hold } from '../../testing/purchases.ts';
import { call, makeEvent, makeItem, makeShopper, type Shopper } from '../../testing/shop.ts';
import { makeWaitlist } from '../../testing/waiting.ts';

const HOUR_MS = 3_600_000;

/** Signing out is the one thing that must not be done with the accounts that all cases share. */
const ENDS_ITS_CALLER = 'logout';
const LEGAL_TEXT = { page: 'terms', language: 'de' } as const;

/** Of an account of these tests, in place of the one in the examples. */
const email = newEmail();

/** Of that account. */
let loginId: string;

let customer: Shopper;
let other: Shopper;
let admin: Shopper;

// Or the pages of other files would have it.
afterAll(forgetFace);
beforeAll(async () => {
  await Promise.all([forgetLegalTexts(), forgetFace()]);
  [customer, other, admin] = [await makeShopper(), await makeShopper(), await makeShopper('admin')];
  loginId = await currentLoginOf(await signUp(email));
});

function outcomeOf({ operationId }: Operation): { plain: Outcome; real?: Outcome } {
  const outcome = OUTCOMES[operationId];
  if (outcome === undefined) throw new Error(`OUTCOMES has no line for ${operationId}`);
  return outcome;
}

async function expectOutcome(answer: Response, outcome: Outcome): Promise<void> {
  if (typeof outcome !== 'number') return expectProblem(answer, ...outcome);
  expect(answer.status).toBe(outcome);
}

function permitted({ caller, operationId }: Operation): string | undefined {
  if (caller === 'anybody' || operationId === ENDS_ITS_CALLER) return undefined;
  return (caller === 'admin' ? admin : customer).token;
}

interface Asked {
  token?: string | undefined;
  ids?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  rawBody?: string;
}

function ask(operation: Operation, asked: Asked = {}): Promise<Response> {
  const { token, ids = {}, query = {}, body = bodyOf(operation), rawBody } = asked;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(ids[name] ?? operation.params?.[name]?.example ?? ''),
  );
  const search = new URLSearchParams(query).toString();
  const sent = rawBody === undefined ? { body } : { rawBody };
  const url = search === '' ? path : `${path}?${search}`;
  return call(operation.method.toUpperCase(), url, { token, ...sent });
}

/** A good one, whatever day it is. */
function bodyOf({ body }: Operation): unknown {
  if (body === undefined) return undefined;
  const given = body.example as object;
  if ('email' in given) return { ...given, email };
  if (body.schema !== eventInputSchema) return given;
  return { ...given, startsAt: inHours(1), endsAt: inHours(2) };
}

function inHours(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS).toISOString();
}

/** What each parameter of a path is called in a sale that is on, in which somebody else holds. */
async function realIds({ params = {} }: Operation): Promise<Record<string, string>> {
  const { eventId, eventItemId, itemId } = await makeEvent();
  const order = await hold(other, eventItemId);
  const sent = { token: other.token, body: { body: 'How large is it?' } };
  const comment = await madeId('POST', `/reviews/events/${eventId}/comments`, sent);
  const rated = { token: other.token, body: { rating: 4 } };
  const review = await madeId('POST', `/reviews/items/${itemId}`, rated);
  // What is not of this sale is made only for who asks about it.
  const idOf = async ({ schema, example }: { schema: unknown; example: string }) => {
    if (schema === userIdSchema) return (await makeShopper()).user.id;
    if (schema === loginIdSchema) return loginId;
    if (schema === orderIdSchema) return order.id;
    if (schema === queueEntryIdSchema) return (await makeWaitlist()).entry.id;
    if (schema === commentIdSchema) return comment;
    if (schema === reviewIdSchema) return review;
    if (schema === languageSchema) return LEGAL_TEXT.language;
    if (schema === legalPageSchema) return makeLegalText(LEGAL_TEXT);
    if (schema === outboxIdSchema) return String(await addOutboxRow());
    if (example.startsWith('itm_')) return itemId;
    return example.startsWith('evi_') ? eventItemId : eventId;
  };
  const ids: Record<string, string> = {};
  for (const [name, param] of Object.entries(params)) ids[name] = await idOf(param);
  return ids;
}

async function madeId(...asked: Parameters<typeof call>): Promise<string> {
  const answer = await call(...asked);
  expect(answer.status).toBe(201);
  return (await answer.json<{ id: string }>()).id;
}

it('every operation has a line, and every line an operation', () => {
  const ids = OPERATIONS.map(({ operationId }) => operationId);
  expect(Object.keys(OUTCOMES).toSorted()).toEqual(ids.toSorted());
  const withIds = OPERATIONS.filter(({ params }) => params).map(({ operationId }) => operationId);
  const withReal = ids.filter((id) => OUTCOMES[id]?.real !== undefined);
  expect(withReal).toEqual(withIds);
});

describe.each(OPERATIONS)('$method $path', (operation) => {
  const { caller } = operation;

  it('asked without a token', async () => {
    const isOpen = caller === 'anybody' || caller === 'payment_provider';
    const outcome: Outcome = isOpen ? outcomeOf(operation).plain : NOBODY;
    await expectOutcome(await ask(operation), outcome);
    await expectOutcome(await ask(operation, { token: 'nonsense' }), outcome);
  });

  it('asked with a customer’s token', async () => {
    const { token } = await makeShopper();
    const forbidden: Outcome = [403, 'forbidden'];
    const { plain } = outcomeOf(operation);
    // Who has no password has typed a wrong one.
    await expectOutcome(await ask(operation, { token }), caller === 'admin' ? forbidden : plain);
  });

  it('asked with an admin’s token', async () => {
    const { token } = await makeShopper('admin');
    await expectOutcome(await ask(operation, { token }), outcomeOf(operation).plain);
  });
});

describe.each(OPERATIONS.filter(({ params }) => params))('$method $path', (operation) => {
  it('about what is there and belongs to somebody else', async () => {
    const { real } = outcomeOf(operation);
    if (real === undefined) throw new Error('OUTCOMES lacks what it does to what is there');
    const ids = await realIds(operation);
    const asCustomer = await ask(operation, { ids, token: customer.token });
    const isForAdmins = operation.caller === 'admin';
    await expectOutcome(asCustomer, isForAdmins ? [403, 'forbidden'] : real);
    await expectOutcome(await ask(operation, { ids, token: admin.token }), real);
    const isForAll = operation.caller === 'anybody';
    await expectOutcome(await ask(operation, { ids }), isForAll ? real : NOBODY);
  });

  it.each(Object.keys(operation.params ?? {}))('with a {%s} that cannot be one', async (name) => {
    const token = permitted(operation);
    for (const id of ['nonsense', '..', '%00', 'x'.repeat(2_000), "' OR ''='"]) {
      await expectProblem(await ask(operation, { token, ids: { [name]: id } }), 404, 'not_found');
    }
  });
});

const SPOILT: Record<string, string> = { limit: '0', after: 'nonsense', unasked: 'red' };
/** As a page would give them, for places that cannot be. */
const CRAFTED: Record<string, string[]> = {
  cursor: ['[1,"a\\u0000"]', '[-9e12,"a"]', '[8e15,"a"]', '[1,"\'--"]'].map((json) => btoa(json)),
};
const TOO_LONG = 'x'.repeat(300);
/** Of no use to Postgres, which has no such character. */
const NUL = '\u0000';

describe.each(OPERATIONS.filter(({ query }) => query))('$method $path', (operation) => {
  const names = Object.keys(operation.query?.shape ?? {});

  it.each([...names, 'unasked'])('with a wrong ?%s=', async (name) => {
    const token = permitted(operation);
    for (const wrong of [SPOILT[name] ?? TOO_LONG, '', `a${NUL}b`, ...(CRAFTED[name] ?? [])]) {
      const answer = await ask(operation, { token, query: { [name]: wrong } });
      await expectProblem(answer, 400, 'malformed');
    }
  });
});

const SIGNED: ReadonlySet<Operation['caller']> = new Set(['mail_provider', 'payment_provider']);

/** Before a body is read its signature is looked at. */
const withBody = OPERATIONS.filter(({ body, caller }) => body && !SIGNED.has(caller));

describe.each(withBody)('$method $path', (operation) => {
  const schema = operation.body?.schema ?? z.object();
  const members = Object.keys(z.toJSONSchema(schema, { io: 'input' }).properties ?? {});

  it.each(['{', 'null', '[]', '"text"', '7', '{"unasked":1}'])('with the body %s', async (raw) => {
    const token = permitted(operation);
    await expectProblem(await ask(operation, { token, rawBody: raw }), 400, 'malformed');
  });

  it.each(members)('with a wrong %s in its body', async (member) => {
    const token = permitted(operation);
    for (const wrong of [{ a: 1 }, -1.5]) {
      const spoilt = { ...(bodyOf(operation) as object), [member]: wrong };
      const answer = await ask(operation, { token, body: spoilt });
      await expectProblem(answer.clone(), 400, 'malformed');
      const { errors } = await answer.json<{ errors: { path: string }[] }>();
      expect(errors.map(({ path }) => path.split('.')[0])).toContain(member);
    }
  });
});

it('an item that nobody sells yet can be deleted, once', async () => {
  const deleteItem = OPERATIONS.find(({ operationId }) => operationId === 'deleteItem');
  if (deleteItem === undefined) throw new Error('there is no such operation');
  const asked = { token: admin.token, ids: { id: await makeItem() } };
  expect((await ask(deleteItem, asked)).status).toBe(204);
  await expectProblem(await ask(deleteItem, asked), 404, 'not_found');
});

it('the audit log goes on behind a number only', async () => {
  for (const id of ['abc', '1'.repeat(99)]) {
    const cursor = btoa(JSON.stringify([1, id]));
    const answer = await call('GET', `/admin/audit?cursor=${cursor}`, { token: admin.token });
    await expectProblem(answer, 400, 'malformed');
  }
});
