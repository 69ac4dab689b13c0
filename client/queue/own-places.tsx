/** Where one waits, and how the latest of it ended, on the screen of one's orders. */
import type { OwnQueue } from '../../worker/contract/queue.ts';
import { itemTitle } from '../format/item-title.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { useMore } from '../shop/use-more.ts';
import { usePolled } from '../shop/use-polled.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { ShowMore } from '../ui/page-state.tsx';
import { DrawReceipt } from './draw-receipt.tsx';
import { useQueue } from './use-queue.ts';

type Entry = OwnQueue['entries'][number];

/** Rarely: a place that is followed tells by itself when something becomes of it. */
const LIST_POLL_MS = 60_000;

export function OwnPlaces({ userId }: { userId: string }) {
  const queue = useQueue();
  const { value } = usePolled({
    of: 'queue',
    key: userId,
    load: async () =>
      queue ? queue.api.own() : { ok: false, problem: { code: 'unauthenticated' } },
    pace: () => ({ everyMs: LIST_POLL_MS, momentsMs: [] }),
  });
  // Nothing is said to those who never waited, nor where it cannot be asked for.
  if (value === null || value.entries.length === 0) return null;
  return <List first={value} />;
}

function List({ first }: { first: OwnQueue }) {
  const queue = useQueue();
  const { queue: texts } = LAZY_TEXTS;
  const more = useMore('queue', pageOf(first), async (cursor) => {
    const result = await queue?.api.own({ cursor });
    if (result === undefined) return { ok: false, problem: { code: 'unauthenticated' } };
    return result.ok ? { ok: true, value: pageOf(result.value) } : result;
  });
  const waiting = more.entries.filter(({ status }) => status === 'waiting');
  const earlier = more.entries.filter(({ status }) => status !== 'waiting');
  return (
    <section class="queue-list" aria-labelledby="own-places">
      <h2 id="own-places">{texts.listTitle}</h2>
      <Rows entries={waiting} />
      {earlier.length === 0 && <ShowMore more={more} />}
      {earlier.length > 0 && (
        <details>
          <summary>{texts.listEarlier(earlier.length)}</summary>
          <Rows entries={earlier} />
          <ShowMore more={more} />
        </details>
      )}
    </section>
  );
}

function Rows({ entries }: { entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <ul>
      {entries.map((entry) => (
        <Row key={entry.id} entry={entry} />
      ))}
    </ul>
  );
}

function Row({ entry }: { entry: Entry }) {
  const { locale, timeZone } = useShop();
  const { queue: texts } = LAZY_TEXTS;
  const isDrawing = entry.status === 'waiting' && entry.rank === null;
  return (
    <li class={`queue-row queue-row-${entry.status}`}>
      <div>
        <h3 class="queue-row-item">
          <a href={`/events/${entry.eventId}#${entry.eventItemId}`} dir="auto">
            {itemTitle(entry.itemName, entry.variantLabel)}
          </a>
        </h3>
        <p class="order-meta" dir="auto">
          {entry.eventTitle}
        </p>
        <p class="order-meta">
          {texts.listEntered(formatInstant(entry.enteredAt, { locale, timeZone }))}
        </p>
      </div>
      <p class="queue-row-status">
        <strong>{texts.listStatus[isDrawing ? 'drawing' : entry.status]}</strong>
        {entry.ahead !== null && <span>{texts.listAhead(entry.ahead.entries)}</span>}
      </p>
      <DrawReceipt entry={entry} />
    </li>
  );
}

function pageOf({ entries, nextCursor }: OwnQueue) {
  return { entries, nextCursor };
}
