/** What screens may ask of the world. Must not contain anything real: main.tsx and tests fill it. */
import { type ComponentType, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ShopApi } from './api.ts';
import type { Arrived } from './arrived.ts';
import type { Drafts } from './drafts.ts';
import type { Holds } from './holds.ts';
import type { LaterParts } from './later/open.ts';
import type { OrderNews } from './order-news.ts';
import type { PageMemory } from './page-memory.ts';
import type { ServerClock } from './server-clock.ts';
import type { SessionStore } from './session-store.ts';
import type { Language } from './state/language.ts';

/** What of a WebSocket is used. */
export type LiveSocket = Pick<WebSocket, 'addEventListener' | 'readyState' | 'send' | 'close'>;

export interface Shop {
  readonly api: ShopApi;
  readonly arrived: Arrived;
  /** Opens a socket that tells an event's stock and status. */
  watch(eventId: string): LiveSocket;
  readonly clock: ServerClock;
  readonly session: SessionStore;
  readonly drafts: Drafts;
  readonly holds: Holds;
  readonly orderNews: OrderNews;
  readonly memory: PageMemory;
  /** Language and region for numbers and dates. */
  readonly locale: string;
  /** IANA name; left out where the machine's own is the shopper's. */
  readonly timeZone?: string;
  /** Keeps the choice and begins the page anew, at the same address. */
  chooseLanguage(language: Language): void;
  /** Begins the page anew, at the same address. */
  reload(): void;
  /** Fetches what no first screen needs; not imported where it is drawn, or the Worker would carry it. */
  openLater(): Promise<LaterParts>;
  /** Fetches the admin's room, in the same way. */
  openAdmin(): Promise<ComponentType>;
  /** A new idempotency key. */
  newKey(): string;
  /** From 0 to 1. */
  random(): number;
}

export const ShopContext = createContext<Shop | null>(null);

export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (shop === null) throw new Error('a screen was drawn outside of ShopContext');
  return shop;
}
