/**
 * Talks to the Worker: typed calls in, values or problems out. Must not keep state or draw.
 * Every answer's `serverNow` is handed on, so the page's clock is measured by ordinary traffic.
 */
import type { ClientResponse } from 'hono/client';
import type { Session, User } from '../../worker/contract/accounts.ts';
import type { EventDetail, EventList } from '../../worker/contract/events.ts';
import type { OrderAnswer, OrderHistory } from '../../worker/contract/orders.ts';
import type { SoughtEvents } from '../../worker/contract/pages.ts';
import type { Price } from '../format/money.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { Language } from '../texts/language.ts';
import type { ClockSample } from '../time/clock.ts';
import { createAccess } from './access.ts';
import { type CallProblem, needsSignIn, type Result, readProblem } from './call-problem.ts';
import { type Client, createClient } from './client.ts';
import { retryWaitMs } from './retry.ts';

/** What the client asks of the world to talk. */
export interface ApiPorts {
  fetch: typeof fetch;
  /** The client's monotonic time in epoch milliseconds. */
  monotonicMs(): number;
  readonly session: SessionStore;
  serverNowMs(): number;
  /** Does the task while no other tab does one. */
  alone<Value>(task: () => Promise<Value>): Promise<Value>;
  onSample(sample: ClockSample): void;
  sleep(ms: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

/** What a purchase call needs besides its target. */
export interface Sending {
  /** One per user intent, the same for every repetition of it. */
  readonly key: string;
  /** Told before each repetition, so that the page can say why it takes longer. */
  onRetry?(problem: CallProblem): void;
}

export interface SendingBuy extends Sending {
  /** What the page shows that a unit costs: at any other price nothing is bought. */
  readonly shown?: Price | undefined;
}

export interface ShopApi {
  /** @param fields `language` is the one that mails are written in */
  register(fields: {
    email: string;
    password: string;
    displayName: string;
    language?: Language;
  }): Call<Session>;
  login(fields: { email: string; password: string }): Call<Session>;
  /** Ends this device's login at the server, or all; that this page forgets it is not awaited. */
  logout(reach: { everywhere: boolean }): Call<null>;
  /** Renews the token in time, so that no purchase has to wait for it. */
  stayReady(): void;
  profile(): Call<User>;
  listEvents(cursor?: string, sought?: SoughtEvents): Call<EventList>;
  getEvent(eventId: string): Call<EventDetail>;
  listOrders(of?: OrdersAsked): Call<OrderHistory>;
  reserve(eventItemId: string, quantity: number, sending: SendingBuy): Call<OrderAnswer>;
  confirm(orderId: string, sending: Sending): Call<OrderAnswer>;
  cancel(orderId: string, sending: Sending): Call<OrderAnswer>;
  /** Any other call as whoever is signed in: which one is up to code that is loaded later. */
  asCaller<Value>(send: (client: Client, as: CallHeaders) => Promise<Answer<Value>>): Call<Value>;
  /** The same without saying who asks, for what is kept for everybody. */
  asAnyone<Value>(send: (client: Client) => Promise<Answer<Value>>): Call<Value>;
}

export type Call<Value> = Promise<Result<Value>>;

/** Longer than the server waits for its own stores before it answers 503. */
const ANSWER_MS_MAX = 15_000;
const NO_CONTENT = 204;

export function createApi(ports: ApiPorts): ShopApi {
  const client = createClient((path, init) =>
    ports.fetch(path, {
      ...init,
      // Asked again each time, by its tag: a body that the browser kept would bring an old time.
      cache: 'no-cache',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    }),
  );
  const { auth, events, profile, purchase } = client.api.v1;
  const ask = <Value>(send: () => Promise<Answer<Value>>) => call(ports, send);
  const access = createAccess({
    session: ports.session,
    serverNowMs: ports.serverNowMs,
    refresh: () => ask(() => ports.alone(() => auth.refresh.$post({}, OUTLIVING))),
  });
  /** As whoever is signed in: with a token, and once more with a new one if that is refused. */
  async function askAs<Value>(send: (as: CallHeaders) => Promise<Answer<Value>>): Call<Value> {
    const token = await access.token();
    if (!token.ok) return token;
    const result = await ask(() => send(bearer(token.value)));
    if (result.ok || !needsSignIn(result.problem)) return result;
    const renewed = await access.token(token.value);
    return renewed.ok ? ask(() => send(bearer(renewed.value))) : renewed;
  }
  const buy = <Value>(sending: Sending, send: (as: CallHeaders) => Promise<Answer<Value>>) =>
    repeat(ports, () => askAs((as) => send(keyed(sending, as))), sending.onRetry);

  return {
    register: (json) => ask(() => auth.register.$post({ json })),
    login: (json) => ask(() => auth.login.$post({ json })),
    logout: (json) => repeat(ports, () => ask(() => auth.logout.$post({ json }, OUTLIVING))),
    stayReady: () => {
      if (ports.session.current.peek() !== null) void access.token();
    },
    profile: () => askAs((as) => profile.$get({}, as)),
    listEvents: (cursor, sought) =>
      ask(() => events.$get({ query: { ...page(cursor), ...sought } })),
    getEvent: (id) => ask(() => events[':id'].$get({ param: { id } })),
    listOrders: ({ limit, ...of } = {}) =>
      askAs((as) =>
        profile.orders.$get({ query: { ...of, ...(limit && { limit: String(limit) }) } }, as),
      ),
    reserve: (id, quantity, sending) =>
      buy(sending, (as) =>
        purchase[':id'].$post({ param: { id }, json: { quantity, ...shownOf(sending) } }, as),
      ),
    confirm: (id, sending) =>
      buy(sending, (as) => purchase[':id'].confirm.$post({ param: { id } }, as)),
    cancel: (id, sending) =>
      buy(sending, (as) => purchase[':id'].cancel.$post({ param: { id } }, as)),
    asCaller: (send) => askAs((as) => send(client, as)),
    asAnyone: (send) => ask(() => send(client)),
  };
}

/** Sent to its end though the page goes away: the next one knows the cookie that it is given. */
const OUTLIVING = { init: { keepalive: true } };

/** Which of one's own orders. */
export interface OrdersAsked {
  readonly cursor?: string;
  readonly eventId?: string;
  /** How many a page has, from 1 to 100. */
  readonly limit?: number;
}

export interface CallHeaders {
  readonly headers: Record<string, string>;
}

export type Answer<Value> = ClientResponse<Value, number, 'json' | 'body'>;

async function call<Value>(ports: ApiPorts, send: () => Promise<Answer<Value>>): Call<Value> {
  const sentMs = ports.monotonicMs();
  try {
    const response = await send();
    // Before the body is read: the answer was written when its head left.
    const receivedMs = ports.monotonicMs();
    const body: unknown = await response.json().catch(() => null);
    const serverMs = serverTimeOf(response.headers, body);
    if (serverMs !== null) ports.onSample({ serverMs, sentMs, receivedMs });
    // The Worker checks and types what it sends; what is not JSON did not come from it.
    if (response.ok && (body !== null || response.status === NO_CONTENT))
      return { ok: true, value: body as Value };
    const retryAfter = response.headers.get('Retry-After');
    const status = response.ok ? 502 : response.status;
    return { ok: false, problem: readProblem(body, { status, retryAfter }) };
  } catch (error) {
    return { ok: false, problem: { code: isTimeout(error) ? 'no_answer' : 'offline' } };
  }
}

/** A call made again, a bounded number of times, while its outcome is unknown. */
async function repeat<Value>(
  ports: ApiPorts,
  attempt: () => Call<Value>,
  onRetry?: (problem: CallProblem) => void,
): Call<Value> {
  for (let attempts = 1; ; attempts++) {
    const result = await attempt();
    if (result.ok) return result;
    const waitMs = retryWaitMs(result.problem, attempts, ports.random());
    if (waitMs === null) return result;
    onRetry?.(result.problem);
    await ports.sleep(waitMs);
  }
}

function bearer(token: string): CallHeaders {
  return { headers: { Authorization: `Bearer ${token}` } };
}

/** The header's value is a string of RFC 9651, in quotes, as the IETF draft wants it. */
function keyed({ key }: Sending, { headers }: CallHeaders): CallHeaders {
  return { headers: { ...headers, 'Idempotency-Key': `"${key}"` } };
}

function shownOf({ shown }: SendingBuy) {
  return shown && { shownPriceCents: shown.priceCents, shownCurrency: shown.currency };
}

function page(cursor: string | undefined) {
  return cursor === undefined ? {} : { cursor };
}

/** The header is of this answer, also where its body is one that the browser had. */
function serverTimeOf(headers: Headers, body: unknown): number | null {
  const inBody =
    typeof body === 'object' && body !== null && 'serverNow' in body ? body.serverNow : null;
  const serverMs = Date.parse(headers.get('Server-Now') ?? String(inBody));
  return Number.isNaN(serverMs) ? null : serverMs;
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
