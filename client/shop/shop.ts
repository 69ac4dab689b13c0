/** What screens may ask of the world. Must not contain anything real: main.tsx and tests fill it. */
import type { Signal } from '@preact/signals-core';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LegalPage } from '../../worker/contract/legal.ts';
import type { PageFace } from '../../worker/contract/pages.ts';
import type { ShopApi } from '../api/api.ts';
import type { Holds } from '../holds/holds.ts';
import type { OrderUpdates } from '../holds/order-updates.ts';
import type { Drafts } from '../page/drafts.ts';
import type { InitialAnswers } from '../page/page-data.ts';
import type { PageMemory } from '../page/page-memory.ts';
import type { LiveSocket } from '../sale/live-socket.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { Language } from '../texts/language.ts';
import type { ServerClock } from '../time/server-clock.ts';
import type { AccountNews } from './account-news.ts';

export interface Shop {
  readonly api: ShopApi;
  readonly initial: InitialAnswers;
  /** Opens a socket that sends an event's stock and status. */
  openLiveSocket(eventId: string): LiveSocket;
  readonly clock: ServerClock;
  readonly session: SessionStore;
  readonly drafts: Drafts;
  readonly holds: Holds;
  readonly orderUpdates: OrderUpdates;
  readonly memory: PageMemory;
  readonly accountNews: Signal<AccountNews | null>;
  /** Where not, nothing is offered that needs a mail. */
  readonly sendsMail: boolean;
  /** Which legal pages there are to be linked to. */
  readonly legalPages: readonly LegalPage[];
  /** The shop's own name, logo and links; null while all is as the product comes. */
  readonly face: PageFace | null;
  /** Language and region for numbers and dates. */
  readonly locale: string;
  /** IANA name; left out where the machine's own is the shopper's. */
  readonly timeZone?: string;
  /** Keeps the choice and begins the page anew, at the same address. */
  chooseLanguage(language: Language): void;
  /** Begins the page anew, at the same address. */
  reload(): void;
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
