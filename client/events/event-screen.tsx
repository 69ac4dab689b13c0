/** `/events/:id`: one sale with its countdown, its items, and what the shopper holds of them. */

import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { EventDetail, Stock } from '../../worker/contract/events.ts';
import { signInPath } from '../account/next-path.ts';
import { type CallProblem, needsSignIn } from '../api/call-problem.ts';
import type { Price } from '../format/money.ts';
import { durationParts } from '../format/times.ts';
import { Lazy } from '../lazy/lazy.tsx';
import { momentsOf, NO_PURCHASE, newPriceOf } from '../purchase/purchase.ts';
import type { Purchases } from '../purchase/purchases.ts';
import { usePurchases } from '../purchase/use-purchases.ts';
import { LIVE_POLL_MS, type LiveEvent, withLive } from '../sale/live.ts';
import { nextChangeMs, paceOf, statusAt } from '../sale/sale.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { usePolled } from '../shop/use-polled.ts';
import { useNowUntil } from '../shop/use-server-time.ts';
import { TEXTS } from '../texts/texts.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Heading } from '../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../ui/page-state.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { whenOf } from './event-card.tsx';
import { EventItemRow } from './event-item-row.tsx';
import { useLive } from './use-live.ts';

/** Spread over this long, what everybody asks is answered from what a few have read. */
const SHUT_SPREAD_MS = 2_000;

export function EventScreen({ id }: { id: string }) {
  const { value, problem, refresh, purchases, buy, live } = useEvent(id);
  const isMissing = !value && problem?.code === 'not_found';
  const title = value?.title ?? (isMissing ? TEXTS.notFoundTitle : TEXTS.eventTitle);
  useDocumentTitle(title);
  return (
    <article>
      <p class="back">
        <a href="/">{TEXTS.allEvents}</a>
      </p>
      {/* One place in the tree, so that the focus stays on it when the title arrives. */}
      <Heading>{title}</Heading>
      {value && <EventFacts event={value} />}
      {value && problem && <OutOfDate problem={problem} />}
      {value && <EventItems event={value} purchases={purchases} onBuy={buy} onStale={refresh} />}
      {/* Nothing is news before the screen is there, so what says it is fetched later. */}
      {value && (
        <Lazy waiting={null}>
          {({ EventAnnouncements }) => <EventAnnouncements event={value} purchases={purchases} />}
        </Lazy>
      )}
      {value && (
        <Lazy waiting={<div class="discussion" />} tells>
          {({ Discussion }) => <Discussion eventId={id} live={live} />}
        </Lazy>
      )}
      {isMissing && (
        <Empty text={TEXTS.notFoundBody}>
          <a class="button button-primary" href="/">
            {TEXTS.backToEvents}
          </a>
        </Empty>
      )}
      {!value && problem && !isMissing && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading kind="item" rows={2} />}
    </article>
  );
}

/** The event as its socket tells it, else as polled, and the purchases that correct it. */
export function useEvent(id: string) {
  const { api, arrived, random, session } = useShop();
  const { path, route } = useLocation();
  const isLive = useRef(false);
  const polledMoments = useRef<() => number[]>(() => []);
  const polled = usePolled({
    of: 'event',
    key: id,
    first: arrived.event(id),
    load: () => api.getEvent(id),
    pace: (event, nowMs) => {
      if (isLive.current) return { everyMs: LIVE_POLL_MS, momentsMs: [] };
      const { everyMs, momentsMs } = paceOf(event ? [event] : [], nowMs);
      return { everyMs, momentsMs: [...momentsMs, ...polledMoments.current()] };
    },
  });

  const live = useLive(id, polled.refresh);
  isLive.current = live.isOn;
  // Closed by hand: when, only the event itself tells. Not all who watch ask in the same moment.
  const isShut = live.last?.status === 'closed' && polled.value?.status !== 'closed';
  useEffect(() => {
    if (!isShut) return undefined;
    const asking = setTimeout(polled.refresh, random() * SHUT_SPREAD_MS);
    return () => clearTimeout(asking);
  }, [isShut]);

  function askToSignIn(eventItemId: string) {
    session.end();
    route(signInPath(`${path}#${eventItemId}`));
  }
  function onRefused(eventItemId: string, problem: CallProblem) {
    if (needsSignIn(problem)) askToSignIn(eventItemId);
    // The refusal is newer than what was polled.
    const { stock } = problem;
    if (stock) polled.patch((event) => withStock(event, eventItemId, stock));
    if (problem.code === 'changed') polled.refresh();
  }
  const purchases = usePurchases({
    eventId: id,
    onRefused,
    onSettled: polled.refresh,
    nameOf: (itemId) => polled.value?.items.find((item) => item.id === itemId)?.name,
  });
  polledMoments.current = () => momentsOf(Object.values(purchases.current.peek()));

  function buy(eventItemId: string, quantity: number) {
    if (session.current.peek() === null) askToSignIn(eventItemId);
    else void purchases.buy(eventItemId, quantity, shownPrice(eventItemId));
  }
  /** As this drawing of the screen shows it: what a refusal told is beside the button. */
  function shownPrice(eventItemId: string): Price | undefined {
    const told = newPriceOf(purchases.current.peek()[eventItemId] ?? NO_PURCHASE);
    const item = polled.value?.items.find(({ id: itemId }) => itemId === eventItemId);
    if (told || !polled.value || !item) return told;
    return { priceCents: item.priceCents, currency: polled.value.currency };
  }
  const value = polled.value && withLive(polled.value, live);
  // What the socket tells is not out of date, though the rest could not be asked for.
  const problem = value && live.isOn ? null : polled.problem;
  return { value, problem, refresh: polled.refresh, purchases, buy, live };
}

function EventFacts({ event }: { event: LiveEvent }) {
  const { clock, locale, timeZone } = useShop();
  const changeMs = nextChangeMs(event, clock.nowMs());
  const status = statusAt(event, useNowUntil(changeMs));
  return (
    <div class={`facts facts-${status}`}>
      <div class="facts-words">
        <p class="facts-when">
          <StatusBadge status={status} />
          <span>{whenOf(event, status, { locale, timeZone, nowMs: clock.nowMs() })}</span>
        </p>
        {event.description && (
          <p class="lead" dir="auto">
            {event.description}
          </p>
        )}
      </div>
      {/* As high in each state of the sale: nothing moves when it opens or closes. */}
      <div class="facts-time">
        {changeMs !== null && (
          <Ticking momentMs={changeMs}>
            {(remainingMs) => (
              <Countdown
                size="large"
                label={status === 'locked' ? TEXTS.opensIn : TEXTS.closesIn}
                remainingMs={remainingMs}
              />
            )}
          </Ticking>
        )}
        {status === 'locked' && (
          <a class="facts-calendar" href={`/api/v1/events/${event.id}/calendar.ics`}>
            {TEXTS.addToCalendar}
          </a>
        )}
      </div>
    </div>
  );
}

interface EventItemsProps {
  readonly event: LiveEvent;
  readonly purchases: Purchases;
  onBuy(eventItemId: string, quantity: number): void;
  onStale(): void;
}

function EventItems({ event, purchases, onBuy, onStale }: EventItemsProps) {
  const { clock } = useShop();
  const status = statusAt(event, useNowUntil(nextChangeMs(event, clock.nowMs())));
  const hold = TEXTS.spokenDuration(durationParts(event.holdSeconds * 1000));
  return (
    <section class={`event-items event-items-${status}`} aria-labelledby="items">
      <h2 id="items">{TEXTS.itemsTitle}</h2>
      {event.items.length === 0 && <Empty text={TEXTS.noItems} />}
      <div class="items">
        {event.items.map((item) => (
          <EventItemRow
            key={item.id}
            eventId={event.id}
            item={item}
            currency={event.currency}
            status={status}
            opensAtMs={Date.parse(event.startsAt)}
            purchase={purchases.current.value[item.id] ?? NO_PURCHASE}
            own={purchases.own.value}
            onBuy={(quantity) => onBuy(item.id, quantity)}
            onDecide={(verb) => void purchases.decide(item.id, verb)}
            onTimeUp={() => {
              purchases.timeUp(item.id);
              onStale();
            }}
          />
        ))}
      </div>
      {event.items.length > 0 && <p class="small-print">{TEXTS.holdNote(hold)}</p>}
    </section>
  );
}

function withStock(event: EventDetail, eventItemId: string, stock: Stock): EventDetail {
  const items = event.items.map((item) => (item.id === eventItemId ? { ...item, stock } : item));
  return { ...event, items };
}
