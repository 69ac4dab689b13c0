/** The pretend sale behind the shop's HTTP API. Only for tests; must not hold rules of the sale. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROBLEMS, type ProblemCode } from '../../worker/contract/problems.ts';
import { type Cheat, iso, PretendSale, type Result, someItemId } from './pretend-sale.ts';

export interface Trouble {
  cheat?: Cheat;
  /** The server's clock is this far from ours. */
  clockOffsetMs?: number;
  /** Every n-th purchase, confirm and cancel is done, and then its answer is lost. */
  losesAnswerEvery?: number;
  /** Every n-th of them is answered 503 and not done. */
  busyEvery?: number;
  /** After so many confirms the server is dead for some time, its connections cut. */
  dies?: { afterConfirms: number; forMs: number };
}

export interface PretendShop {
  url: string;
  sale(): PretendSale | undefined;
  stop(): void;
}

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
  token: string;
  key: string;
}

type Said = { status: number; body: unknown; retryAfter?: string } | 'cut';

/** What the answering functions share. */
interface Desk {
  trouble: Trouble;
  now: () => number;
  cutConnections: () => void;
  sale: PretendSale | undefined;
  acts: number;
  confirms: number;
  deadUntilMs: number;
}

export async function openPretendShop(trouble: Trouble = {}): Promise<PretendShop> {
  const server = http.createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      const isDead = desk.now() < desk.deadUntilMs;
      const said = isDead ? 'cut' : answer(desk, callOf(incoming, text));
      if (said === 'cut') {
        incoming.socket.destroy();
        return;
      }
      const { status, body, retryAfter } = said;
      outgoing.writeHead(status, retryAfter ? { 'retry-after': retryAfter } : {});
      outgoing.end(JSON.stringify(body));
    });
  });
  const desk: Desk = {
    trouble,
    now: () => Date.now() + (trouble.clockOffsetMs ?? 0),
    cutConnections: () => server.closeAllConnections(),
    sale: undefined,
    acts: 0,
    confirms: 0,
    deadUntilMs: Number.NEGATIVE_INFINITY,
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sale: () => desk.sale,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(desk: Desk, call: Call): Said {
  const { method, path, body } = call;
  if (path === '/health') return { status: 200, body: {} };
  if (path === '/auth/register' || path === '/auth/login') return signIn(desk, call);
  if (path === '/admin/items') return { status: 201, body: { id: someItemId() } };
  if (path === '/admin/events') return announce(desk, body);
  if (method === 'GET' && path === '/profile/orders') return history(desk, call.token);
  if (path.startsWith('/reviews/')) return { status: 200, body: {} };
  if (!desk.sale) return problem(desk, { code: 'not_found' });
  if (path === '/events') return { status: 200, body: { events: [] } };
  if (path === `/events/${desk.sale.eventId}`) return { status: 200, body: desk.sale.detail() };
  if (path.endsWith('/integrity')) return { status: 200, body: desk.sale.integrity() };
  if (path.endsWith('/close')) {
    desk.sale.closed = true;
    return { status: 200, body: desk.sale.detail() };
  }
  if (path.endsWith('/unpublish')) {
    desk.sale.published = false;
    return { status: 200, body: desk.sale.detail() };
  }
  if (path.startsWith('/purchase/')) return act(desk, desk.sale, call);
  return problem(desk, { code: 'not_found' });
}

function announce(desk: Desk, body: Record<string, unknown>): Said {
  const [item] = body.items as [{ stock: number }];
  const startsAtMs = Date.parse(String(body.startsAt));
  const holdMs = Number(body.holdSeconds) * 1_000;
  const { trouble, now } = desk;
  desk.sale = new PretendSale({ startsAtMs, stock: item.stock, holdMs, now }, trouble.cheat);
  return { status: 201, body: desk.sale.detail() };
}

function act(desk: Desk, sale: PretendSale, call: Call): Said {
  const { busyEvery, losesAnswerEvery, dies } = desk.trouble;
  desk.acts++;
  if (busyEvery && desk.acts % busyEvery === 0) {
    return { ...problem(desk, { code: 'busy' }), retryAfter: '0' };
  }
  const [, , id = '', verb] = call.path.split('/');
  if (dies && verb === 'confirm' && ++desk.confirms === dies.afterConfirms) {
    desk.deadUntilMs = desk.now() + dies.forMs;
    desk.cutConnections();
  }
  const result = actOn(sale, verb, { ...call, id });
  if (losesAnswerEvery && desk.acts % losesAnswerEvery === 0) return 'cut';
  if ('code' in result) return problem(desk, result);
  const body = { order: wire(result.order), serverNow: iso(desk.now()) };
  return { status: verb ? 200 : 201, body };
}

function actOn(
  sale: PretendSale,
  verb: string | undefined,
  { token, key, id }: { token: string; key: string; id: string },
): Result {
  if (verb === 'confirm') return sale.confirm(token, id);
  return verb === 'cancel' ? sale.cancel(token, id) : sale.reserve(token, key);
}

function history(desk: Desk, customer: string): Said {
  const orders = desk.sale?.orders.filter((order) => order.customer === customer) ?? [];
  const body = { orders: orders.map(wire), nextCursor: null, serverNow: iso(desk.now()) };
  return { status: 200, body };
}

function problem(desk: Desk, refusal: { code: ProblemCode } & object): Exclude<Said, 'cut'> {
  const { status } = PROBLEMS[refusal.code];
  return { status, body: { type: 'about:blank', status, ...refusal, serverNow: iso(desk.now()) } };
}

function signIn(desk: Desk, { path, body }: Call): Said {
  if (body.password === 'wrong') return problem(desk, { code: 'invalid_credentials' });
  const status = path === '/auth/login' ? 200 : 201;
  return { status, body: { user: {}, accessToken: `token of ${String(body.email)}` } };
}

function callOf(incoming: http.IncomingMessage, text: string): Call {
  const { pathname } = new URL(incoming.url ?? '/', 'http://pretend');
  return {
    method: incoming.method ?? 'GET',
    path: pathname.replace('/api/v1', ''),
    body: text ? JSON.parse(text) : {},
    token: (incoming.headers.authorization ?? '').replace('Bearer ', ''),
    key: String(incoming.headers['idempotency-key'] ?? ''),
  };
}

function wire(order: PretendSale['orders'][number]): object {
  const { id, status, reservedAtMs, expiresAtMs } = order;
  const times = { reservedAt: iso(reservedAtMs), expiresAt: iso(expiresAtMs) };
  return { id, status, quantity: 1, ...times };
}
