/**
 * One event as its page shows it: what is asked for, what the live socket tells, and what the shopper
 * buys of it, joined. Must not draw, nor know a browser.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { EventDetail, Stock } from '../../worker/contract/events.ts';
import { type CallProblem, needsSignIn } from '../api/call-problem.ts';
import type { Price } from '../format/money.ts';
import { createPolled, type PollingPorts, type Question } from '../page/polled.ts';
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

export interface EventStore {
  /** As the live socket tells it, else as polled. Null before the first answer. */
  readonly event: ReadonlySignal<LiveEvent | null>;
  /** Why it is missing or out of date. */
  readonly problem: ReadonlySignal<CallProblem | null>;
  readonly live: ReadonlySignal<Live>;
  /** Of whoever is signed in: others when somebody else is. */
  readonly purchases: ReadonlySignal<Purchases>;
  refresh(): void;
  buy(eventItemId: string, quantity: number): void;
  /** The clock says that a hold is over. */
  timeUp(eventItemId: string): void;
  /** Begins to ask and to listen. @returns the end of it */
  start(): () => void;
}

export interface EventPorts
  extends PollingPorts,
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
  const event = computed(() => {
    const { value } = polled.state.value;
    return value && withLive(value, live.value);
  });
  // What the socket tells is not out of date, though the rest could not be asked for.
  const problem = computed(() =>
    event.value && live.value.isOn ? null : polled.state.value.problem,
  );
  const purchases = computed(() =>
    createPurchases({
      ...ports,
      userId: ports.userId.value,
      nameOf: (eventItemId) => itemOf(eventItemId)?.name,
      onRefused,
      onSettled: refresh,
    }),
  );
  // Closed by hand: when, only the event itself tells. Not all who watch ask in the same moment.
  const isShut = computed(
    () => live.value.last?.status === 'closed' && polled.state.value.value?.status !== 'closed',
  );

  function paceNow(value: EventDetail | null, nowMs: number) {
    if (live.peek().isOn) return { everyMs: LIVE_POLL_MS, momentsMs: [] };
    const { everyMs, momentsMs } = paceOf(value ? [value] : [], nowMs);
    const ownMoments = momentsOf(Object.values(purchases.peek().current.peek()));
    return { everyMs, momentsMs: [...momentsMs, ...ownMoments] };
  }
  function itemOf(eventItemId: string) {
    return polled.state.peek().value?.items.find(({ id }) => id === eventItemId);
  }
  function onRefused(eventItemId: string, refusal: CallProblem) {
    if (needsSignIn(refusal)) ports.askToSignIn(eventItemId);
    // The refusal is newer than what was polled.
    const { stock } = refusal;
    if (stock) polled.patch((before) => withStock(before, eventItemId, stock));
    if (refusal.code === 'changed') refresh();
  }
  /** What the page shows that a unit costs: what a refusal told is beside the button. */
  function shownPrice(eventItemId: string): Price | undefined {
    const told = newPriceOf(purchases.peek().current.peek()[eventItemId] ?? NO_PURCHASE);
    const { value } = polled.state.peek();
    const item = itemOf(eventItemId);
    if (told || !value || !item) return told;
    return { priceCents: item.priceCents, currency: value.currency };
  }

  return {
    event,
    problem,
    live,
    purchases,
    refresh,
    buy: (eventItemId, quantity) => {
      if (ports.userId.peek() === undefined) ports.askToSignIn(eventItemId);
      else void purchases.peek().buy(eventItemId, quantity, shownPrice(eventItemId));
    },
    timeUp: (eventItemId) => {
      purchases.peek().timeUp(eventItemId);
      refresh();
    },
    start: () => {
      const ends = [
        polled.start(),
        ports.subscribe({
          onUpdate: (update) => {
            live.value = reduceLive(live.peek(), update);
          },
          onDropped: refresh,
        }),
        effect(() => {
          const { start } = purchases.value;
          return untracked(start);
        }),
        effect(() => {
          if (!isShut.value) return undefined;
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

function withStock(event: EventDetail, eventItemId: string, stock: Stock): EventDetail {
  const items = event.items.map((item) => (item.id === eventItemId ? { ...item, stock } : item));
  return { ...event, items };
}
