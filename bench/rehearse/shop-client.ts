/** The shop's API as a shopper and an admin call it. Must not know roles or verdicts. */
import * as z from 'zod';
import { type itemInputSchema, itemSchema } from '../../worker/contract/catalogue.ts';
import { type eventInputSchema } from '../../worker/contract/event-input.ts';
import { eventDetailSchema, integritySchema } from '../../worker/contract/events.ts';
import type { EventId, EventItemId, OrderId, QueueEntryId } from '../../worker/contract/ids.ts';
import { orderHistorySchema, orderSchema } from '../../worker/contract/orders.ts';
import { paymentSchema } from '../../worker/contract/payments.ts';
import { queueEntrySchema } from '../../worker/contract/queue.ts';
import { adminQueueEntrySchema } from '../../worker/contract/queue-administration.ts';
import { instantSchema } from '../../worker/contract/values.ts';
import { type ApiResult, refusalSchema } from './api-result.ts';
import type { Answer, Request } from './http.ts';
import { allPages, pageOf } from './pages.ts';
import type { Random } from './seeded-random.ts';
import type { Call } from './send-with-retries.ts';

/** Signed in; the token is replaced in place when the shop no longer takes it. */
export interface Account {
  email: string;
  password: string;
  token: string;
  random: Random;
}

const API = '/api/v1';
const UNAUTHENTICATED = 401;
const OK_MAX = 299;

// Only what a rehearsal needs is asked of an answer; other tests check the rest.
const order = orderSchema
  .pick({ id: true, eventItemId: true, status: true, quantity: true })
  .extend({
    ...orderSchema.pick({ reservedAt: true, expiresAt: true }).shape,
    // A shop of an older version knows no payments.
    payment: orderSchema.shape.payment.optional(),
  });
const payAnswer = z.object({ payment: paymentSchema.pick({ id: true, redirectUrl: true }) });
const orderAnswer = z.object({ order, serverNow: instantSchema });
const session = z.object({ accessToken: z.string() });
const event = eventDetailSchema.pick({ id: true, startsAt: true, serverNow: true }).extend({
  // A shop of an older version knows no draws.
  entriesCloseAt: instantSchema.nullish(),
  items: z.array(z.object({ id: eventDetailSchema.shape.items.element.shape.id })).min(1),
});
// A shop of an older version knows no variants.
const item = itemSchema
  .pick({ id: true })
  .extend({ variants: itemSchema.shape.variants.default([]) });
const history = orderHistorySchema.pick({ nextCursor: true, serverNow: true }).extend({
  orders: z.array(order.omit({ reservedAt: true, expiresAt: true })),
});
const ownOrders = z.object({ orders: z.array(order), serverNow: instantSchema });
const entryAnswer = z.object({
  entry: queueEntrySchema.pick({ id: true, status: true, outlook: true, orderId: true }),
  serverNow: instantSchema,
});
const allEntries = z.object({
  entries: z.array(
    adminQueueEntrySchema
      .pick({ id: true, quantity: true, minQuantity: true, status: true, reason: true, rank: true })
      .extend({
        ...adminQueueEntrySchema.pick({ enteredAt: true, endedAt: true }).shape,
        order: z
          .object({ id: order.shape.id, status: order.shape.status, quantity: z.int() })
          .nullable(),
      }),
  ),
  nextCursor: z.string().nullable(),
});

export type TakenOrder = z.infer<typeof orderAnswer>;
export type HistoryOrder = z.infer<typeof history>['orders'][number];
export type ToldEntry = z.infer<typeof entryAnswer>['entry'];
export type QueueRow = z.infer<typeof allEntries>['entries'][number];
export type OpenedEvent = z.infer<typeof event>;
export interface Wished {
  quantity: number;
  minQuantity: number;
}

export interface Ask {
  account: Account;
  key: string;
}

export type ShopClient = ReturnType<typeof openShopClient>;

export function openShopClient(call: Call) {
  const signIn = async (account: Account): Promise<ApiResult<{ accessToken: string }>> => {
    const body = { email: account.email, password: account.password };
    const result = await send(call, post('/auth/login', body), { account, schema: session });
    if (result.kind === 'ok') account.token = result.value.accessToken;
    return result;
  };
  /** Sends as the account, and once more after signing in again if its token was refused. */
  async function as<T>(
    account: Account,
    request: Request,
    schema: z.ZodType<T>,
  ): Promise<ApiResult<T>> {
    const { token } = account;
    const result = await send(call, { ...request, token }, { account, schema });
    if (result.kind !== 'refused' || result.refusal.status !== UNAUTHENTICATED) return result;
    const signedIn = await signIn(account);
    if (signedIn.kind !== 'ok') return signedIn;
    return send(call, { ...request, token: account.token }, { account, schema });
  }
  return {
    signIn,
    async register(
      account: Account,
      displayName: string,
    ): Promise<ApiResult<{ accessToken: string }>> {
      const body = { email: account.email, password: account.password, displayName };
      const result = await send(call, post('/auth/register', body), {
        account,
        schema: session,
      });
      if (result.kind === 'ok') account.token = result.value.accessToken;
      // The first try may have made the account and lost its answer.
      const exists = result.kind === 'refused' && result.refusal.code === 'email_taken';
      return exists ? signIn(account) : result;
    },
    ...planCalls(as),
    reserve: ({ account, key }: Ask, id: EventItemId): Promise<ApiResult<TakenOrder>> =>
      as(
        account,
        { ...post(`/purchase/${id}`), idempotencyKey: key, isPurchase: true },
        orderAnswer,
      ),
    confirm: ({ account, key }: Ask, id: OrderId): Promise<ApiResult<TakenOrder>> =>
      as(
        account,
        { ...post(`/purchase/${id}/confirm`), idempotencyKey: key, urgent: true },
        orderAnswer,
      ),
    cancel: ({ account, key }: Ask, id: OrderId): Promise<ApiResult<TakenOrder>> =>
      as(
        account,
        { ...post(`/purchase/${id}/cancel`), idempotencyKey: key, urgent: true },
        orderAnswer,
      ),
    ...payCalls(as),
    integrity: (account: Account, id: EventId) =>
      as(account, get(`/events/${id}/integrity`), integritySchema),
    /** Of an answer that no cache may keep, unlike the public pages. */
    async serverNow(account: Account): Promise<ApiResult<{ serverNow: string }>> {
      return as(account, get('/profile/orders?limit=1'), history);
    },
    orders: (account: Account): Promise<ApiResult<HistoryOrder[]>> =>
      allPages(async (query) => {
        const page = await as(account, get(`/profile/orders?limit=100${query}`), history);
        return pageOf(page, ({ orders: rows, nextCursor }) => ({ rows, nextCursor }));
      }),
    ...queueCalls(as),
  };
}

type As = <T>(account: Account, request: Request, schema: z.ZodType<T>) => Promise<ApiResult<T>>;

function planCalls(as: As) {
  return {
    createItem: (account: Account, input: z.input<typeof itemInputSchema>) =>
      as(account, post('/admin/items', input), item),
    createEvent: (account: Account, input: z.input<typeof eventInputSchema>) =>
      as(account, post('/admin/events', input), event),
    closeEvent: (account: Account, id: EventId) =>
      as(account, post(`/admin/events/${id}/close`), z.unknown()),
    unpublishEvent: (account: Account, id: EventId) =>
      as(account, post(`/admin/events/${id}/unpublish`), z.unknown()),
  };
}

function payCalls(as: As) {
  return {
    pay: ({ account, key }: Ask, id: OrderId) =>
      as(account, { ...post(`/purchase/${id}/pay`), idempotencyKey: key, urgent: true }, payAnswer),
    /** Has the shop ask the provider. */
    lookAtPayment: (account: Account, id: OrderId) =>
      as(account, { ...post(`/purchase/${id}/payment`), urgent: true }, orderAnswer),
  };
}

function queueCalls(as: As) {
  return {
    /** The newest, with all that a hold is known by. */
    newestOrders: (account: Account) => as(account, get('/profile/orders?limit=20'), ownOrders),
    enter: (account: Account, id: EventItemId, wish: Wished) =>
      as(account, post(`/queue/${id}`, wish), entryAnswer),
    entry: (account: Account, id: QueueEntryId) => as(account, get(`/queue/${id}`), entryAnswer),
    leaveQueue: (account: Account, id: QueueEntryId) =>
      as(account, post(`/queue/${id}/leave`), entryAnswer),
    queueRows: (account: Account, id: EventId): Promise<ApiResult<QueueRow[]>> =>
      allPages(async (query) => {
        const path = `/admin/events/${id}/queue?limit=100${query}`;
        const page = await as(account, get(path), allEntries);
        return pageOf(page, ({ entries: rows, nextCursor }) => ({ rows, nextCursor }));
      }),
  };
}

function post(path: string, body: unknown = {}): Request {
  return { method: 'POST', path, body };
}

function get(path: string): Request {
  return { method: 'GET', path };
}

async function send<T>(
  call: Call,
  request: Request,
  as: { account: Account; schema: z.ZodType<T> },
): Promise<ApiResult<T>> {
  const path = API + request.path;
  const outcome = await call({ ...request, path }, as.account.random);
  return outcome.kind === 'gave_up' ? outcome : read(outcome, path, as.schema);
}

function read<T>(answer: Answer, path: string, schema: z.ZodType<T>): ApiResult<T> {
  if (answer.status <= OK_MAX) {
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return { kind: 'ok', value: parsed.data };
    const issue = parsed.error.issues[0];
    const where = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`;
    return { kind: 'malformed', detail: `${withoutIds(path)} answered ${answer.status}, ${where}` };
  }
  const parsed = refusalSchema.safeParse(answer.body);
  if (parsed.success) {
    return { kind: 'refused', refusal: { ...parsed.data, status: answer.status } };
  }
  return {
    kind: 'malformed',
    detail: `${withoutIds(path)} answered ${answer.status} without a code`,
  };
}

/** So that the same complaint about many orders is counted as one. */
function withoutIds(path: string): string {
  return path.replace(/\?.*$/, '').replace(/\b(evt|evi|ord|itm|usr)_[0-9a-z_]+/g, '{$1}');
}
