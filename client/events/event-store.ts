/**
 * One event as its page shows it: what is polled, what the live socket sends, and what the shopper
 * buys of it, joined. Must not draw, nor know a browser.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { EventDetail, EventItem, Stock } from '../../worker/contract/events.ts';
import { eventIn } from '../../worker/contract/text-in.ts';
import { type CallProblem, needsSignIn } from '../api/call-problem.ts';
import type { Price } from '../format/money.ts';
import {
  createPolled,
  type PolledState,
  type PollingPorts,
  type Question,
} from '../page/polled.ts';
import { momentsOf, NO_PURCHASE, newPriceOf } from '../purchase/purchase.ts';
import { createPurchases, type Purchases, type PurchasesPorts } from '../purchase/purchases.ts';
import {
  LIVE_POLL_MS,
  type Live,
  type LiveEvent,
  type LiveUpdate,
  NOT_LIVE,
  reduceLive,
  withLive,
} from '../sale/live.ts';
import { paceOf } from '../sale/sale.ts';
import { LANGUAGE } from '../texts/texts.ts';
import { type ChoicePorts, type Choices, createChoices } from './choices.ts';

export interface EventStore extends Choices {
  /** As the live socket sends it, else as polled. Null before the first answer. */
  readonly event: ReadonlySignal<LiveEvent | null>;
  /** Why it is missing or out of date. */
  readonly problem: ReadonlySignal<CallProblem | null>;
  readonly live: ReadonlySignal<Live>;
  /** Of whoever is signed in: others when somebody else is. */
  readonly purchases: ReadonlySignal<Purchases>;
  refresh(): void;
  buy(eventItemId: string, quantity: number): void;
  /** A hold has ended by the clock. */
  timeUp(eventItemId: string): void;
  /** Begins to ask and to listen. @returns the end of it */
  start(): () => void;
}

export interface EventPorts
  extends PollingPorts,
    ChoicePorts,
    Omit<PurchasesPorts, 'userId' | 'nameOf' | 'onRefused' | 'onSettled'>,
    Pick<Question<EventDetail>, 'first' | 'load' | 'keep'> {
  /** Of whoever is signed in; undefined while nobody is. */
  readonly userId: ReadonlySignal<string | undefined>;
  /** Opens a live socket, and others after it. @returns a function that closes it */
  subscribe(listener: LiveListener): () => void;
  askToSignIn(eventItemId: string): void;
}

export interface LiveListener {
  onUpdate(update: LiveUpdate): void;
  /** A moment after a socket is lost, to ask for what was missed. */
  onDropped(): void;
}

/** Spread over this long, what everybody asks is answered from what a few have read. */
const SHUT_SPREAD_MS = 2_000;

export function createEventStore(ports: EventPorts): EventStore {
  const live = signal(NOT_LIVE);
  const polled = createPolled<EventDetail>({ ...ports, pace: paceNow }, ports);
  const { refresh } = polled;
  const { event, problem, isShut } = merge(polled.state, live);
  const purchases = computed(() =>
    createPurchases({
      ...ports,
      userId: ports.userId.value,
      nameOf: (eventItemId) => itemOf(event.peek(), eventItemId)?.name,
      onRefused,
      onSettled: refresh,
    }),
  );

  function onUpdate(update: LiveUpdate) {
    live.value = reduceLive(live.peek(), update);
  }
  function paceNow(value: EventDetail | null, nowMs: number) {
    if (live.peek().isOn) return { everyMs: LIVE_POLL_MS, momentsMs: [] };
    const pace = paceOf(value ? [value] : [], nowMs);
    const ownMoments = momentsOf(Object.values(purchases.peek().current.peek()));
    return { ...pace, momentsMs: [...pace.momentsMs, ...ownMoments] };
  }
  function onRefused(eventItemId: string, refusal: CallProblem) {
    if (needsSignIn(refusal)) ports.askToSignIn(eventItemId);
    // The refusal is newer than what was polled.
    const { stock } = refusal;
    if (stock) polled.patch((before) => withStock(before, eventItemId, stock));
    if (refusal.code === 'changed') refresh();
  }
  function buy(eventItemId: string, quantity: number) {
    if (ports.userId.peek() === undefined) return ports.askToSignIn(eventItemId);
    const now = purchases.peek();
    // The price that a refusal brought is shown beside the button.
    const price =
      newPriceOf(now.current.peek()[eventItemId] ?? NO_PURCHASE) ??
      priceOf(polled.state.peek().value, eventItemId);
    void now.buy(eventItemId, quantity, price);
  }

  return {
    event,
    problem,
    live,
    purchases,
    ...createChoices(ports, () => purchases.value.current.value),
    refresh,
    buy,
    timeUp: (eventItemId) => {
      purchases.peek().timeUp(eventItemId);
      refresh();
    },
    start: () => {
      const ends = [
        polled.start(),
        ports.subscribe({ onUpdate, onDropped: refresh }),
        effect(() => untracked(purchases.value.start)),
        effect(() => {
          if (!isShut.value) return undefined;
          // Not all who watch ask in the same moment.
          const asking = setTimeout(refresh, ports.random() * SHUT_SPREAD_MS);
          return () => clearTimeout(asking);
        }),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

function merge(polled: ReadonlySignal<PolledState<EventDetail>>, live: ReadonlySignal<Live>) {
  const event = computed(() => {
    const { value } = polled.value;
    return value && eventIn(LANGUAGE, withLive(value, live.value));
  });
  return {
    event,
    // What the socket sends is not out of date, though the rest could not be asked for.
    problem: computed(() => (event.value && live.value.isOn ? null : polled.value.problem)),
    // Closed by hand: only the event itself has the time of that.
    isShut: computed(
      () => live.value.last?.status === 'closed' && polled.value.value?.status !== 'closed',
    ),
  };
}

function itemOf(event: LiveEvent | null, eventItemId: string): EventItem | undefined {
  return event?.items.find(({ id }) => id === eventItemId);
}

function priceOf(event: EventDetail | null, eventItemId: string): Price | undefined {
  const item = itemOf(event, eventItemId);
  return event && item ? { priceCents: item.priceCents, currency: event.currency } : undefined;
}

function withStock(event: EventDetail, eventItemId: string, stock: Stock): EventDetail {
  const items = event.items.map((item) => (item.id === eventItemId ? { ...item, stock } : item));
  return { ...event, items };
}
