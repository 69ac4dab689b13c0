/** `/admin/events`: all events, drafts too, each leading to its sale's screen. */
import type { AdminEventSummary } from '../../../worker/contract/administration.ts';
import type { EventStatus } from '../../../worker/contract/events.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { useKept } from '../../shop/use-kept.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Heading } from '../../ui/heading.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { EventFilter } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { LegalAttention } from '../legal/legal-attention.tsx';
import { Choice, Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { PaymentAttention } from '../outbox/payment-attention.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { AdmissionLabel } from './admission-label.tsx';
import { EventBadge } from './event-badge.tsx';
import { momentOf } from './event-moment.ts';

const STATUSES = ['locked', 'live', 'sold_out', 'closed'] as const;
const EVERY_MS = 5_000;

/** @param q what it is searched for at first */
export function EventsScreen({ q: first }: { q?: string | undefined }) {
  useDocumentTitle(ADMIN_TEXTS.sections.events);
  const admin = useAdmin();
  const [filter, setFilter] = useKept<EventFilter>('filter', { q: first });
  const isFiltered = Boolean(filter.q ?? filter.status);
  return (
    <>
      <header class="admin-head">
        <Heading>{ADMIN_TEXTS.sections.events}</Heading>
        <a class="button button-primary" href="/admin/events/new">
          {ADMIN_TEXTS.newEvent}
        </a>
      </header>
      <PaymentAttention />
      <LegalAttention />
      <Filters
        texts={{ q: ADMIN_TEXTS.searchEvents }}
        {...(first !== undefined && { values: { q: first } })}
        onApply={({ q }) => setFilter({ ...filter, q })}
      >
        <Choice<EventStatus | 'cancelled'>
          label={ADMIN_TEXTS.statusFilter}
          all={ADMIN_TEXTS.all}
          options={[
            ...STATUSES.map((status) => [status, TEXTS.status[status]] as const),
            ['cancelled', ADMIN_TEXTS.cancelling.cancelled],
          ]}
          value={filter.status}
          onChoose={(status) => setFilter({ ...filter, status })}
        />
      </Filters>
      <Listing
        of={JSON.stringify(filter)}
        empty={isFiltered ? ADMIN_TEXTS.eventsNoneMatch : ADMIN_TEXTS.eventsEmpty}
        everyMs={EVERY_MS}
        load={async (cursor) => {
          const result = await admin.listEvents(filter, cursor);
          if (!result.ok) return result;
          const { events, nextCursor } = result.value;
          return { ok: true, value: { entries: events, nextCursor } };
        }}
      >
        {(event) => <EventRow event={event} />}
      </Listing>
    </>
  );
}

function EventRow({ event }: { event: AdminEventSummary }) {
  const { clock, locale } = useShop();
  return (
    <article class="row-event">
      <div>
        <p class="row-meta">
          <EventBadge moment={momentOf(event, clock.nowMs())} cancelledAt={event.cancelledAt} />
          <AdmissionLabel admission={event.admission} />
          <span>{formatInstant(event.startsAt, { locale })}</span>
        </p>
        <h2 class="row-title">
          <a href={`/admin/events/${event.id}`} dir="auto">
            {event.title}
          </a>
        </h2>
        <p class="row-meta">{TEXTS.itemCount(event.itemCount)}</p>
      </div>
      {/* Nothing of what is left can be bought any more. */}
      {event.cancelledAt === null && <StockBar stock={event.stock} />}
    </article>
  );
}
