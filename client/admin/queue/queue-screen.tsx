/** `/admin/events/:id/queue`: the entries of an event's queue, and those of one customer. */
import { useState } from 'preact/hooks';
import type { QueueEntryStatus } from '../../../worker/contract/queue.ts';
import { useKept } from '../../shop/use-kept.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Heading } from '../../ui/heading.tsx';
import { Empty, Failed, Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { QueueFilter } from '../api/queue-calls.ts';
import { Choice, Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { Rows } from '../lists/rows.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { EntryRow } from './entry-row.tsx';
import { entrySearch } from './entry-search.ts';
import { searchOn } from './search-on.ts';

const STATUSES = ['waiting', 'offered', 'left', 'skipped', 'closed'] as const;
const EVERY_MS = 5_000;
/** What an event is called seldom changes. */
const TITLE_EVERY_MS = 60_000;

export function QueueScreen({ id }: { id: string }) {
  const { lookup } = ADMIN_TEXTS.queue;
  useDocumentTitle(lookup.title);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled({
    of: 'event',
    key: id,
    load: () => admin.getEvent(id),
    pace: () => ({ everyMs: TITLE_EVERY_MS, momentsMs: [] }),
  });
  const isMissing = !value && (problem?.code === 'not_found' || problem?.code === 'malformed');
  return (
    <>
      <p class="back">
        <a href={`/admin/events/${id}`}>{ADMIN_TEXTS.back.event}</a>
      </p>
      <Heading>{lookup.title}</Heading>
      {value && (
        <p class="lead" dir="auto">
          {value.title}
        </p>
      )}
      {value && <Entries eventId={id} />}
      {isMissing && <Empty text={TEXTS.notFoundBody} />}
      {!value && problem && !isMissing && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
    </>
  );
}

function Entries({ eventId }: { eventId: string }) {
  const admin = useAdmin();
  const { lookup } = ADMIN_TEXTS.queue;
  const [filter, setFilter] = useKept<QueueFilter>('filter', {});
  const [isUnread, setIsUnread] = useState(false);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);

  const load = (cursor?: string) => admin.queueEntries(eventId, filter, cursor);

  function search(typed: string) {
    const found = entrySearch(typed);
    setIsUnread(found === null);
    if (found !== null) setFilter({ ...found, status: filter.status });
  }
  return (
    <>
      <Filters
        texts={{ who: lookup.who }}
        action={ADMIN_TEXTS.search}
        onApply={({ who }) => search(who)}
      >
        <Choice<QueueEntryStatus>
          label={lookup.status}
          all={ADMIN_TEXTS.all}
          options={STATUSES.map((status) => [status, lookup.statuses[status]] as const)}
          value={filter.status}
          onChoose={(status) => setFilter({ ...filter, status })}
        />
      </Filters>
      <output class="field-error">{isUnread && lookup.unread}</output>
      <Listing
        of={`${eventId} ${JSON.stringify(filter)}`}
        empty={isFiltered ? lookup.noneMatch : ADMIN_TEXTS.queue.nobody}
        everyMs={EVERY_MS}
        load={(cursor) => (cursor === undefined ? load() : searchOn(cursor, load))}
      >
        {(entries) => <Rows entries={entries}>{(entry) => <EntryRow entry={entry} />}</Rows>}
      </Listing>
    </>
  );
}
