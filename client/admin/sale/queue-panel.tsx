/** An event's queue as a whole: who waits, when a draw is drawn, and the way to a customer's entry. */
import { useId } from 'preact/hooks';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { EventQueue } from '../../../worker/contract/queue.ts';
import { exactTime } from '../../format/exact-time.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { useNowUntil } from '../../shop/use-server-time.ts';
import { useAdmin } from '../api/admin-context.ts';
import { isQueued } from '../events/event-queue.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { demandOf } from './demand.ts';

const UNDRAWN_EVERY_MS = 5_000;
const DRAWN_EVERY_MS = 60_000;

/** Nothing where nobody can enter and nobody did. */
export function QueuePanel({ event }: { event: AdminEvent }) {
  const id = useId();
  const { queue } = ADMIN_TEXTS;
  const isDraw = event.admission === 'draw';
  const hasEntries = isQueued(event);
  if (!(isDraw || event.waitlist || hasEntries)) return null;
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{queue.title}</h2>
      {isDraw && <DrawWords event={event} />}
      {hasEntries ? <QueueFigures event={event} /> : <p class="small-print">{queue.nobody}</p>}
      <p class="queue-link">
        <a href={`/admin/events/${event.id}/queue`}>{queue.lookUp}</a>
      </p>
      {isDraw && event.published && (
        <p class="queue-link">
          <a href={`/events/${event.id}/draw`}>{queue.proof}</a>
        </p>
      )}
    </section>
  );
}

function QueueFigures({ event }: { event: AdminEvent }) {
  const { locale } = useShop();
  const { currency, items, status } = event;
  const { number, queue } = ADMIN_TEXTS;
  const demand = demandOf(items);
  const offers = items.reduce((sum, item) => sum + item.queue.offers, 0);
  const cells = [
    [status === 'locked' ? queue.figures.entrants : queue.figures.waiting, number(demand.entries)],
    [queue.figures.units, number(demand.units)],
    [queue.figures.offers, number(offers)],
    [queue.figures.missing, formatMoney(demand.missingCents, { currency, locale })],
  ];
  return (
    <dl class="figures">
      {cells.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Its moments: when entries close, and when it is or was drawn. */
function DrawWords({ event }: { event: AdminEvent }) {
  const { locale } = useShop();
  const { draw } = ADMIN_TEXTS.queue;
  const { entriesCloseAt, published, startsAt } = event;
  const closesMs = entriesCloseAt === null ? null : Date.parse(entriesCloseAt);
  const nowMs = useNowUntil(closesMs);
  const hasClosed = closesMs !== null && nowMs >= closesMs;
  return (
    <p class="draw-words">
      {entriesCloseAt && (
        <span>
          {(hasClosed ? draw.entriesClosed : draw.entriesClose)(exactTime(entriesCloseAt, locale))}
        </span>
      )}
      {published ? (
        <DrawnWords event={event} />
      ) : (
        <span>{draw.drawnFrom(exactTime(startsAt, locale))}</span>
      )}
    </p>
  );
}

/** When it was drawn, or will be. Nobody is told of the queue of a draft. */
function DrawnWords({ event: { id, startsAt } }: { event: AdminEvent }) {
  const admin = useAdmin();
  const { locale } = useShop();
  const { draw } = ADMIN_TEXTS.queue;
  const { value } = usePolled<EventQueue>({
    of: 'draw',
    key: id,
    load: () => admin.publicQueue(id),
    pace: (queue) => ({
      everyMs: queue?.drawn ? DRAWN_EVERY_MS : UNDRAWN_EVERY_MS,
      momentsMs: [Date.parse(startsAt)],
    }),
  });
  return (
    <span>
      {value?.drawnAt
        ? draw.drawnAt(exactTime(value.drawnAt, locale))
        : draw.drawnFrom(exactTime(startsAt, locale))}
    </span>
  );
}
