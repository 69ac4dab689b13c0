/** The fake sale behind the shop's HTTP API. Only for tests; must not hold rules of the sale. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { variantIdSchema } from '../../worker/contract/ids.ts';
import { PROBLEMS, type ProblemCode } from '../../worker/contract/problems.ts';
import { type FakePayments, type FakeProvider, openFakePayments } from './fake-payments.ts';
import { type Defect, FakeSale, iso, type Result, someItemId } from './fake-sale.ts';

export interface FakeFaults {
  defect?: Defect;
  /** The server's clock is this far from ours. */
  clockOffsetMs?: number;
  /** Every n-th purchase, confirm and cancel is done, and then its answer is lost. */
  losesAnswerEvery?: number;
  /** Every n-th of them is answered 503 and not done. */
  busyEvery?: number;
  /** After so many confirms the server is dead for some time, its connections cut. */
  dies?: { afterConfirms: number; forMs: number };
  /** Where orders are paid. */
  provider?: FakeProvider;
}

export interface FakeShop {
  url: string;
  sale(): FakeSale | undefined;
  stop(): void;
}

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
  token: string;
  key: string;
}

type ApiResult = { status: number; body: unknown; retryAfter?: string } | 'cut';

/** What the answering functions share. */
interface ShopState {
  faults: FakeFaults;
  now: () => number;
  cutConnections: () => void;
  sale: FakeSale | undefined;
  /** Of a shop with a provider. */
  payments: FakePayments | undefined;
  acts: number;
  confirms: number;
  deadUntilMs: number;
}

export async function openFakeShop(faults: FakeFaults = {}): Promise<FakeShop> {
  const server = http.createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      void reply(state, callOf(incoming, text)).then((result) => {
        if (result === 'cut') {
          incoming.socket.destroy();
          return;
        }
        const { status, body, retryAfter } = result;
        outgoing.writeHead(status, retryAfter ? { 'retry-after': retryAfter } : {});
        outgoing.end(JSON.stringify(body));
      });
    });
  });
  const state: ShopState = {
    faults,
    now: () => Date.now() + (faults.clockOffsetMs ?? 0),
    cutConnections: () => server.closeAllConnections(),
    sale: undefined,
    payments: faults.provider && openFakePayments(faults.provider),
    acts: 0,
    confirms: 0,
    deadUntilMs: Number.NEGATIVE_INFINITY,
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sale: () => state.sale,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function reply(state: ShopState, call: Call): Promise<ApiResult> {
  if (state.payments && state.sale) await lookAtAll(state.payments, state.sale, call);
  return state.now() < state.deadUntilMs ? 'cut' : answer(state, call);
}

function answer(state: ShopState, call: Call): ApiResult | Promise<ApiResult> {
  const { method, path, body } = call;
  if (path === '/health') return { status: 200, body: {} };
  if (path === '/auth/register' || path === '/auth/login') return signIn(state, call);
  if (path === '/admin/items') return makeItem(body);
  if (path === '/admin/events') return announce(state, body);
  if (method === 'GET' && path === '/profile/orders') return history(state, call.token);
  if (path.startsWith('/reviews/')) return { status: 200, body: {} };
  if (!state.sale) return problem(state, { code: 'not_found' });
  if (path === '/events') return { status: 200, body: { events: [] } };
  if (path === `/events/${state.sale.eventId}`) return { status: 200, body: state.sale.detail() };
  if (path.endsWith('/integrity')) return { status: 200, body: state.sale.integrity() };
  if (path.endsWith('/close')) {
    state.sale.closed = true;
    return { status: 200, body: state.sale.detail() };
  }
  if (path.endsWith('/unpublish')) {
    state.sale.published = false;
    return { status: 200, body: state.sale.detail() };
  }
  const [, orderId = ''] = /^\/purchase\/(\w+)\/pay(ment)?$/.exec(path) ?? [];
  if (orderId !== '') return pay(state, state.sale, { ...call, id: orderId });
  if (path.startsWith('/purchase/')) return act(state, state.sale, call);
  return problem(state, { code: 'not_found' });
}

function makeItem({ variants = [] }: Record<string, unknown>): ApiResult {
  const made = (variants as { label: string }[]).map(({ label }, n) => ({
    id: variantIdSchema.parse(`var_${'0'.repeat(17)}${n}`),
    label,
  }));
  return { status: 201, body: { id: someItemId(), variants: made } };
}

function announce(state: ShopState, body: Record<string, unknown>): ApiResult {
  const lines = body.items as { stock?: number; variants?: { stock: number }[] }[];
  const items = lines.map(
    ({ stock = 0, variants }) => variants?.map((one) => one.stock) ?? [stock],
  );
  const startsAtMs = Date.parse(String(body.startsAt));
  const holdMs = Number(body.holdSeconds) * 1_000;
  const { faults, now } = state;
  state.sale = new FakeSale({ startsAtMs, items, holdMs, now }, faults.defect);
  return { status: 201, body: state.sale.detail() };
}

function act(state: ShopState, sale: FakeSale, call: Call): ApiResult {
  const { busyEvery, losesAnswerEvery, dies } = state.faults;
  state.acts++;
  if (busyEvery && state.acts % busyEvery === 0) {
    return { ...problem(state, { code: 'busy' }), retryAfter: '0' };
  }
  const [, , id = '', verb] = call.path.split('/');
  if (dies && verb === 'confirm' && ++state.confirms === dies.afterConfirms) {
    state.deadUntilMs = state.now() + dies.forMs;
    state.cutConnections();
  }
  const result = actOn(sale, verb, { ...call, id });
  if (losesAnswerEvery && state.acts % losesAnswerEvery === 0) return 'cut';
  if ('code' in result) return problem(state, result);
  const body = { order: wire(state, result.order), serverNow: iso(state.now()) };
  return { status: verb ? 200 : 201, body };
}

/** A page to pay on, or what became of it. */
async function pay(
  state: ShopState,
  sale: FakeSale,
  { token, path, id }: Call & { id: string },
): Promise<ApiResult> {
  const order = sale.orders.find((one) => one.customer === token && one.id === id);
  if (order === undefined || state.payments === undefined) {
    return problem(state, { code: 'not_found' });
  }
  const serverNow = iso(state.now());
  if (path.endsWith('/payment')) {
    return { status: 200, body: { order: wire(state, order), serverNow } };
  }
  if (order.status === 'confirmed') return problem(state, { code: 'order_confirmed' });
  if (order.status !== 'pending') return problem(state, { code: 'hold_expired' });
  return { status: 200, body: { payment: await state.payments.begin(order.id), serverNow } };
}

/** As if a webhook had told of each of the customer's orders. */
async function lookAtAll(payments: FakePayments, sale: FakeSale, { token }: Call): Promise<void> {
  sale.expire();
  const own = sale.orders.filter(({ customer }) => customer === token);
  await Promise.all(
    own.map(({ id, status }) => {
      const isOver = status !== 'pending' && status !== 'confirmed';
      return payments.look(id, { isOver, confirm: () => 'order' in sale.confirm(token, id) });
    }),
  );
}

function actOn(
  sale: FakeSale,
  verb: string | undefined,
  { token, key, id }: { token: string; key: string; id: string },
): Result {
  if (verb === 'confirm') return sale.confirm(token, id);
  return verb === 'cancel' ? sale.cancel(token, id) : sale.reserve(token, key, id);
}

function history(state: ShopState, customer: string): ApiResult {
  const orders = state.sale?.orders.filter((order) => order.customer === customer) ?? [];
  const body = {
    orders: orders.map((order) => wire(state, order)),
    nextCursor: null,
    serverNow: iso(state.now()),
  };
  return { status: 200, body };
}

function problem(
  state: ShopState,
  refusal: { code: ProblemCode } & object,
): Exclude<ApiResult, 'cut'> {
  const { status } = PROBLEMS[refusal.code];
  return { status, body: { type: 'about:blank', status, ...refusal, serverNow: iso(state.now()) } };
}

function signIn(state: ShopState, { path, body }: Call): ApiResult {
  if (body.password === 'wrong') return problem(state, { code: 'invalid_credentials' });
  const status = path === '/auth/login' ? 200 : 201;
  return { status, body: { user: {}, accessToken: `token of ${String(body.email)}` } };
}

function callOf(incoming: http.IncomingMessage, text: string): Call {
  const { pathname } = new URL(incoming.url ?? '/', 'http://fake');
  return {
    method: incoming.method ?? 'GET',
    path: pathname.replace('/api/v1', ''),
    body: text ? JSON.parse(text) : {},
    token: (incoming.headers.authorization ?? '').replace('Bearer ', ''),
    key: String(incoming.headers['idempotency-key'] ?? ''),
  };
}

function wire({ payments }: ShopState, order: FakeSale['orders'][number]): object {
  const { id, eventItemId, status, reservedAtMs, expiresAtMs } = order;
  const times = { reservedAt: iso(reservedAtMs), expiresAt: iso(expiresAtMs) };
  const payment = payments?.stateOf(id) ?? null;
  return { id, eventItemId, status, quantity: 1, ...times, payment };
}
