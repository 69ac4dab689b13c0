/** Sales and reported comments, made by an admin's calls before a test begins. */
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import type { Item } from '../../worker/contract/catalogue.ts';
import type { EventInput } from '../../worker/contract/event-input.ts';
import type { EventDetail, Integrity, Stock } from '../../worker/contract/events.ts';
import type { PaymentKind, RefundOrder } from '../../worker/contract/payments.ts';
import type { Admission } from '../../worker/contract/queue.ts';
import { SAMPLE_ADMIN } from '../sample-data.ts';
import { ITEM } from './shopper.ts';

const ANSWER_MS_MAX = 30_000;
const CHECK_EVERY_MS = 50;
const HOUR_MS = 3_600_000;

export interface SaleWishes {
  readonly stock?: number;
  readonly holdSeconds?: number;
  readonly limitPerCustomer?: number;
  /** From now; in the past for a sale that is on. */
  readonly opensInMs?: number;
  readonly title?: string;
  readonly requireVerifiedEmail?: boolean;
  readonly waitlist?: boolean;
  readonly admission?: Admission;
  readonly payment?: PaymentKind;
  readonly needsAddress?: boolean;
  readonly reportPublic?: boolean;
  readonly shipping?: EventInput['shipping'];
}

export interface Sale {
  readonly id: string;
  /** Of its one item. */
  readonly itemId: string;
  /** Its page in the shop. */
  readonly path: string;
  /** Epoch milliseconds, as it was made. */
  readonly opensAtMs: number;
  /** Moves its opening, which only a sale that has not opened allows. @returns epoch milliseconds */
  openIn(ms: number): Promise<number>;
  /** Before its time. */
  close(): Promise<void>;
  /** As the server has it now. */
  stock(): Promise<Stock>;
  integrity(): Promise<Integrity>;
}

export async function makeSale(wishes: SaleWishes = {}): Promise<Sale> {
  const { stock = 5, holdSeconds = 300, limitPerCustomer = 1, opensInMs = -1_000 } = wishes;
  const { title = 'Night of lamps', requireVerifiedEmail = false } = wishes;
  const { waitlist = true, admission = 'first_come', payment = 'none' } = wishes;
  const { needsAddress = false, shipping = [], reportPublic = false } = wishes;
  const token = await adminToken();
  const item = await call<Item>('/admin/items', { method: 'POST', token, json: { name: ITEM } });
  const plan = (startMs: number): EventInput => ({
    title,
    description: '',
    currency: 'EUR',
    startsAt: new Date(startMs).toISOString(),
    endsAt: new Date(Date.now() + 2 * HOUR_MS).toISOString(),
    published: true,
    requireVerifiedEmail,
    oneLimitPerMailbox: false,
    reportPublic,
    needsAddress,
    shipping,
    admission,
    waitlist,
    payment,
    offerSeconds: 600,
    holdSeconds,
    items: [{ itemId: item.id, priceCents: 1_990, stock, limitPerCustomer }],
  });
  const opensAtMs = Date.now() + opensInMs;
  const json = plan(opensAtMs);
  const made = await call<EventDetail>('/admin/events', { method: 'POST', token, json });
  const { id } = made;
  return {
    id,
    itemId: made.items[0]?.id ?? '',
    path: `/events/${id}`,
    opensAtMs,
    async openIn(ms) {
      const startMs = Date.now() + ms;
      await call(`/admin/events/${id}`, { method: 'PUT', token, json: plan(startMs) });
      return startMs;
    },
    close: () => call(`/admin/events/${id}/close`, { method: 'POST', token }),
    async stock() {
      // As an admin sees it, since what anybody is told may be a second old.
      const { items } = await call<EventDetail>(`/admin/events/${id}`, { token });
      const [only] = items;
      if (only === undefined) throw new Error('the sale has no item');
      return only.stock;
    },
    integrity: () => call(`/events/${id}/integrity`),
  };
}

/** As an admin decides it; the provider is asked soon. */
export async function refundOrder(
  orderId: string,
  json: Omit<RefundOrder, 'restockUnits'>,
): Promise<void> {
  const token = await adminToken();
  const key = crypto.randomUUID();
  await call(`/admin/orders/${orderId}/refund`, { method: 'POST', token, json, key });
}

/** A comment on the sale that another customer has reported. */
export async function reportedComment(sale: Sale, words: string): Promise<void> {
  const [author, reporter] = await Promise.all(['Author', 'Reporter'].map(newCustomer));
  const { id } = await call<{ id: string }>(`/reviews/events/${sale.id}/comments`, {
    method: 'POST',
    token: author,
    json: { body: words },
  });
  const json = { reason: 'abuse' };
  await call(`/reviews/comments/${id}/report`, { method: 'POST', token: reporter, json });
}

/** Tries until it is so. @throws with what was there last, if it does not become so. */
export async function eventually<Value>(
  read: () => Promise<Value>,
  isSo: (value: Value) => boolean,
): Promise<Value> {
  const giveUpAtMs = Date.now() + ANSWER_MS_MAX;
  for (;;) {
    const value = await read();
    if (isSo(value)) return value;
    if (Date.now() > giveUpAtMs) throw new Error(`it stayed ${JSON.stringify(value)}`);
    await pause(CHECK_EVERY_MS);
  }
}

/** A token is good for ten minutes. */
const TOKEN_REUSED_MS = 300_000;
let adminLogin: { token: string; atMs: number } | undefined;

/** One login for many sales: where somebody signs in often enough, all their logins end. */
async function adminToken(): Promise<string> {
  if (adminLogin && Date.now() - adminLogin.atMs < TOKEN_REUSED_MS) return adminLogin.token;
  const atMs = Date.now();
  const { accessToken: token } = await call<{ accessToken: string }>('/auth/login', {
    method: 'POST',
    json: SAMPLE_ADMIN,
  });
  adminLogin = { token, atMs };
  return token;
}

async function newCustomer(displayName: string): Promise<string> {
  const email = `${crypto.randomUUID()}@example.com`;
  const json = { email, displayName, password: 'correct horse' };
  const { accessToken } = await call<{ accessToken: string }>('/auth/register', {
    method: 'POST',
    json,
  });
  return accessToken;
}

interface Sending {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly json?: unknown;
  /** One for what is done once, however often it is sent. */
  readonly key?: string;
}

async function call<Value>(path: string, sending: Sending = {}): Promise<Value> {
  const { method = 'GET', token, json, key } = sending;
  const response = await fetch(`${inject('shopUrl')}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(key && { 'Idempotency-Key': `"${key}"` }),
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as Value;
}
