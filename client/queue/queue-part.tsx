/**
 * The queue on an item's card: the way in, one's place, or how it ended, in place of Buy where that cannot
 * succeed. Must not know how a place is followed.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { EventStatus } from '../../worker/contract/events.ts';
import type { ItemQueue } from '../../worker/contract/queue.ts';
import { signInPath } from '../account/next-path.ts';
import { itemTitle } from '../format/item-title.ts';
import { useLocation } from '../page/location.tsx';
import { heldOrder, NO_PURCHASE, type Purchase } from '../purchase/purchase.ts';
import type { LiveEvent, LiveItem } from '../sale/live.ts';
import { chooseWords, type Variants } from '../sale/variants.ts';
import { useShop } from '../shop/shop.ts';
import { useNowUntil } from '../shop/use-server-time.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { EnterQueue, EntriesClosed } from './enter-queue.tsx';
import { OwnPlace } from './own-place.tsx';
import type { Place } from './place.ts';
import { NotReached, Skipped, Turn } from './place-end.tsx';
import { IDLE } from './queue-store.ts';
import { type OwnQueue, useQueue, useWatched } from './use-queue.ts';
import { type NoWayIn, type WayIn, wayIn } from './way-in.ts';

export interface QueuePartProps {
  readonly event: LiveEvent;
  /** A variant, or all of them together while none is chosen. */
  readonly item: LiveItem;
  readonly isChosen: boolean;
  readonly variants: Variants;
  /** The event's, as of now. */
  readonly status: EventStatus;
  /** By event item id. */
  readonly purchases: Readonly<Record<string, Purchase>>;
  /** Units that the limit leaves. */
  readonly left: number;
  /** An offer was made: its order is to be looked for. */
  onOffered(): Promise<void>;
  /** The sale is to be asked for anew. */
  onStale(): void;
  /** The way to buy, where there is one. */
  readonly children: ComponentChildren;
}

/** A server of the version before leaves it out. */
const NO_QUEUE: ItemQueue = { waiting: 0, waitingUnits: 0, servedRank: 0, offers: 0 };

export function QueuePart(props: QueuePartProps) {
  const { event, variants, purchases, status, children } = props;
  const queue = useQueue();
  const { clock } = useShop();
  const item = { ...props.item, queue: queueOf(props.item) };
  const closesMs = event.entriesCloseAt === null ? null : Date.parse(event.entriesCloseAt);
  const nowMs = useNowUntil(closesMs !== null && closesMs > clock.nowMs() ? closesMs : null);
  const isDraw = event.admission === 'draw';
  useWatched(queue, {
    eventId: event.id,
    drawAtMs: isDraw ? Date.parse(event.startsAt) : null,
  });
  useSeen(queue, variants);
  const places = queue?.store.places.value;
  const purchase = purchases[item.id] ?? NO_PURCHASE;
  const held = heldOrder(purchase);
  const place = places?.get(item.id);
  useOffer(place, purchase, props.onOffered);
  const hasRefused = purchase.step === 'idle' && purchase.problem?.code === 'queue_ahead';
  const way = wayIn({ event, status, stock: item.stock, queue: item.queue, hasRefused }, nowMs);
  const waiting = variants.flatMap((variant) => {
    const own = places?.get(variant.id);
    const isShown = !props.isChosen || variant.id === item.id;
    return isShown && own && isWaiting(own) ? [{ variant, place: own }] : [];
  });
  const isOver = status === 'closed';
  const isIn = waiting.length > 0;
  const shown = `${held?.id} ${way} ${place?.entry.id} ${place?.entry.status} ${isOver}`;
  const root = useKeptFocus(shown);
  return (
    <>
      <div class="queue" ref={root}>
        {held?.entryId && <Turn order={held} wished={wishedFor(place, held.entryId)} />}
        {held === null && place && <Ended place={place} isOver={isOver} queue={queue} />}
        {!isOver &&
          waiting.map((own) => (
            <Waiting
              key={own.variant.id}
              {...own}
              {...props}
              item={{ ...own.variant, queue: queueOf(own.variant) }}
              queue={queue}
            />
          ))}
        {held === null && way && !isIn && mayEnter(props, place) && (
          <MayEnter {...props} item={item} way={way} queue={queue} />
        )}
      </div>
      {(isIn ? !isDraw && item.stock.remaining > 0 : !way) && children}
    </>
  );
}

interface WithQueue extends QueuePartProps {
  readonly queue: OwnQueue | null;
}

function Waiting({ event, item, place, queue }: WithQueue & { place: Place }) {
  const { store } = queue ?? {};
  const { step, problem } = store?.actions.value[item.id] ?? IDLE;
  return (
    <OwnPlace
      event={event}
      item={item}
      place={place}
      isLeaving={step === 'leaving'}
      problem={problem}
      onLeave={() => void store?.leave(item.id)}
    />
  );
}

function MayEnter({ way, ...props }: WithQueue & { way: WayIn | NoWayIn }) {
  return way === 'entries_closed' ? <EntriesClosed /> : <Entering {...props} way={way} />;
}

function Entering(props: WithQueue & { way: WayIn }) {
  const { event, item, isChosen, variants, way, left, queue } = props;
  const { path, route } = useLocation();
  const { step, problem } = queue?.store.actions.value[item.id] ?? IDLE;
  const name = itemTitle(item.name, item.variant?.label);
  const isTaken = problem?.code === 'stock_available';
  useEffect(() => {
    if (isTaken) props.onStale();
  }, [isTaken]);
  return (
    <EnterQueue
      event={event}
      item={item}
      name={name}
      way={way}
      isChosen={isChosen}
      choose={chooseWords(variants)}
      isSignedIn={queue !== null}
      left={Math.min(left, item.limitPerCustomer)}
      isLooking={queue?.store.isLoaded.value === false}
      isEntering={step === 'entering'}
      problem={problem}
      onChoose={() => document.getElementById(variants[0].id)?.focus()}
      onEnter={(wish) => {
        if (queue === null) route(signInPath(`${path}#${item.id}`));
        else void queue.store.enter({ eventItemId: item.id, name }, wish);
      }}
    />
  );
}

interface EndedProps extends Pick<WithQueue, 'queue'> {
  readonly place: Place;
  readonly isOver: boolean;
}

function Ended({ place, isOver, queue }: EndedProps) {
  const { id, eventItemId, status, reason } = place.entry;
  if (status === 'closed' || (status === 'waiting' && isOver)) return <NotReached />;
  if (status === 'skipped' && reason !== null) return <Skipped reason={reason} />;
  // Only right after it: of one that was left long ago nobody need be told.
  const hasLeft = status === 'left' && queue?.store.actions.value[eventItemId]?.step === null;
  return hasLeft && <output key={id}>{LAZY_TEXTS.queue.left}</output>;
}

/** What was skipped for good is not offered again. */
function mayEnter({ left }: QueuePartProps, place: Place | undefined): boolean {
  const isFinal = place?.entry.status === 'skipped' && place.entry.reason !== 'email_unverified';
  return left > 0 && !isFinal;
}

function isWaiting({ entry }: Place): boolean {
  return entry.status === 'waiting';
}

function wishedFor(place: Place | undefined, entryId: string): number | undefined {
  return place?.entry.id === entryId ? place.entry.quantity : undefined;
}

function queueOf({ queue }: { queue?: ItemQueue }): ItemQueue {
  return queue ?? NO_QUEUE;
}

/** The store learns what the event's screen is told of the queues of its items. */
function useSeen(queue: OwnQueue | null, variants: Variants) {
  useEffect(() => {
    for (const item of variants) queue?.store.see(item.id, queueOf(item));
  });
}

/** An offer that this screen does not show as a hold yet is looked for, once. */
function useOffer(place: Place | undefined, purchase: Purchase, onOffered: () => Promise<void>) {
  const orderId = place?.entry.status === 'offered' ? place.entry.orderId : null;
  const isKnown = 'order' in purchase && purchase.order.id === orderId;
  useEffect(() => {
    if (orderId !== null && !isKnown) void onOffered();
  }, [orderId]);
}

/**
 * Where what had the focus goes away, the focus stays on what can be done with the item, as a whole: Buy
 * becomes the way into the queue, that becomes one's place, and that the hold.
 */
function useKeptFocus(shown: string) {
  const root = useRef<HTMLDivElement>(null);
  const action = root.current?.parentElement;
  const wasWithin = action?.contains(document.activeElement) ?? false;
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (wasWithin && isLost) action?.focus();
  }, [shown]);
  return root;
}
