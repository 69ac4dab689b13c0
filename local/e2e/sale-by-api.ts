/** Prepares sales and shoppers over the API, for tests of what the browser makes of them. */
import * as z from 'zod';
import { SAMPLE_ADMIN } from '../sample-data.ts';

interface PlannedItem {
  /** Units; of an item in sizes the units of each, by its label. */
  readonly stock: number | Readonly<Record<string, number>>;
  readonly limitPerCustomer?: number;
}

export interface SalePlan {
  readonly title: string;
  readonly opensInMs: number;
  readonly holdSeconds?: number;
  readonly items: readonly PlannedItem[];
}

export interface PreparedSale {
  readonly id: string;
  readonly items: readonly {
    readonly id: string;
    /** Of the catalogue, which is what is rated. */
    readonly itemId: string;
    readonly name: string;
  }[];
}

type Send = (path: string, body?: object) => Promise<unknown>;

const SALE_MS = 3_600_000;
const WITH_ID = z.object({ id: z.string() });
const WITH_ORDER = z.object({ order: WITH_ID });
const WITH_VARIANTS = WITH_ID.extend({ variants: z.array(WITH_ID) });
const WITH_ITEMS = WITH_ID.extend({
  items: z.array(z.object({ id: z.string(), itemId: z.string(), name: z.string() })),
});
const WITH_TOKEN = z.object({ accessToken: z.string() });

/** @returns what the shop's admin may do. */
export async function asAdmin(shopUrl: string) {
  const send = await signedIn(shopUrl, '/auth/login', SAMPLE_ADMIN);
  return {
    async makeSale({ title, opensInMs, holdSeconds = 300, items }: SalePlan) {
      const startMs = Date.now() + opensInMs;
      const listed = [];
      for (const [n, { stock, ...item }] of items.entries()) {
        const sizes = typeof stock === 'number' ? [] : Object.entries(stock);
        const input = {
          name: `${title}, item ${n + 1}`,
          variants: sizes.map(([label]) => ({ label })),
        };
        const made = WITH_VARIANTS.parse(await send('/admin/items', input));
        const variants = made.variants.map(({ id: variantId }, place) => ({
          variantId,
          stock: sizes[place]?.[1] ?? 0,
        }));
        const units = typeof stock === 'number' ? { stock } : { variants };
        listed.push({ itemId: made.id, priceCents: 12_900, ...units, ...item });
      }
      return WITH_ITEMS.parse(
        await send('/admin/events', {
          title,
          description: 'One fixed number of units, and one fair queue for all.',
          currency: 'EUR',
          startsAt: new Date(startMs).toISOString(),
          endsAt: new Date(startMs + SALE_MS).toISOString(),
          holdSeconds,
          items: listed,
        }),
      );
    },
    closeSale: async (id: string) => void (await send(`/admin/events/${id}/close`)),
  };
}

/** @returns what a new shopper may do. */
export async function asShopper(shopUrl: string, email: string) {
  const account = { email, password: 'correct horse', displayName: 'Ole' };
  const send = await signedIn(shopUrl, '/auth/register', account);
  return {
    reserve: async (eventItemId: string) => void (await send(`/purchase/${eventItemId}`)),
    async buy(eventItemId: string) {
      const { order } = WITH_ORDER.parse(await send(`/purchase/${eventItemId}`));
      await send(`/purchase/${order.id}/confirm`);
    },
    /** Enters the queue of an event's first item. */
    async enterEvent(eventId: string) {
      const response = await fetch(`${shopUrl}/api/v1/events/${eventId}`);
      const [item] = WITH_ITEMS.parse(await response.json()).items;
      await send(`/queue/${item?.id}`);
    },
    rate: async (itemId: string, review: { rating: number; comment: string }) =>
      WITH_ID.parse(await send(`/reviews/items/${itemId}`, review)).id,
    comment: async (eventId: string, body: string) =>
      WITH_ID.parse(await send(`/reviews/events/${eventId}/comments`, { body })).id,
    reply: async (commentId: string, body: string) =>
      WITH_ID.parse(await send(`/reviews/comments/${commentId}/replies`, { body })).id,
    report: async (what: 'comments' | 'items', id: string) =>
      void (await send(`/reviews/${what}/${id}/report`, { reason: 'spam' })),
  };
}

async function signedIn(shopUrl: string, path: string, account: object): Promise<Send> {
  const { accessToken } = WITH_TOKEN.parse(await post(`${shopUrl}/api/v1${path}`, account));
  return (to, body) => post(`${shopUrl}/api/v1${to}`, body, accessToken);
}

/** @throws with what was answered where it is no success. */
async function post(url: string, body: object = {}, token?: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
