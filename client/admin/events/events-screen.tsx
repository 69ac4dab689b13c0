/** `/admin/events`: all events, drafts too, each leading to its sale's screen. */
import type { AdminEventSummary } from '../../../worker/contract/administration.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Heading } from '../../ui/heading.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { EventFilter } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { LegalAttention } from '../legal/legal-attention.tsx';
import { useAddressFilter } from '../lists/address-filter.ts';
import { Choice, Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { SavedViews } from '../lists/saved-views.tsx';
import { Table } from '../lists/table.tsx';
import { PaymentAttention } from '../outbox/payment-attention.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { eventColumns } from './event-columns.tsx';

const STATES = ['draft', 'locked', 'live', 'sold_out', 'closed', 'cancelled'] as const;
type State = (typeof STATES)[number];

/** What is looked for, as the address has it. */
interface Sought {
  readonly status?: State | undefined;
  readonly q?: string | undefined;
}

const EVERY_MS = 5_000;

export function EventsScreen() {
  const title = ADMIN_TEXTS.sections.events;
  useDocumentTitle(title);
  const { filter, href, setFilter } = useAddressFilter('/admin/events', eventFilterOf);
  return (
    <>
      <header class="admin-head">
        <Heading>{title}</Heading>
        <NewEvent />
      </header>
      <PaymentAttention />
      <LegalAttention />
      <Filters
        texts={{ q: ADMIN_TEXTS.searchEvents }}
        values={{ q: filter.q ?? '' }}
        onApply={({ q }) => setFilter({ ...filter, q })}
      >
        <Choice<State>
          label={ADMIN_TEXTS.statusFilter}
          all={ADMIN_TEXTS.all}
          options={STATES.map((status) => [status, nameOf(status)] as const)}
          value={filter.status}
          onChoose={(status) => setFilter({ ...filter, status })}
        />
      </Filters>
      <SavedViews list="events" href={href} />
      <Events filter={filter} />
    </>
  );
}

function Events({ filter }: { filter: Sought }) {
  const admin = useAdmin();
  const isFiltered = Boolean(filter.q ?? filter.status);
  return (
    <Listing<AdminEventSummary>
      of={JSON.stringify(filter)}
      empty={isFiltered ? ADMIN_TEXTS.eventsNoneMatch : ADMIN_TEXTS.eventsEmpty}
      emptyAction={
        isFiltered ? <a href="/admin/events">{ADMIN_TEXTS.orders.clear}</a> : <NewEvent />
      }
      everyMs={EVERY_MS}
      load={async (cursor) => {
        const result = await admin.listEvents(asked(filter), cursor);
        if (!result.ok) return result;
        const { events, nextCursor } = result.value;
        return { ok: true, value: { entries: events, nextCursor } };
      }}
    >
      {(events) => (
        <Table
          name="events"
          caption={ADMIN_TEXTS.sections.events}
          columns={eventColumns()}
          entries={events}
        />
      )}
    </Listing>
  );
}

function NewEvent() {
  return (
    <a class="button button-primary" href="/admin/events/new">
      {ADMIN_TEXTS.newEvent}
    </a>
  );
}

function eventFilterOf(query: Readonly<Record<string, string | undefined>>): Sought {
  const status = STATES.find((one) => one === query['status']);
  return { ...(query['q'] && { q: query['q'] }), ...(status && { status }) };
}

function asked({ q, status }: Sought): EventFilter {
  return status === 'draft' ? { q, published: 'false' } : { q, status };
}

function nameOf(status: State): string {
  if (status === 'draft') return ADMIN_TEXTS.draft;
  return status === 'cancelled' ? ADMIN_TEXTS.cancelling.cancelled : TEXTS.status[status];
}
