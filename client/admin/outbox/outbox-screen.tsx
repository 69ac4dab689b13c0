/** `/admin/outbox`: what waits to be sent, what was given up and why, and the way to send that again. */
import { useState } from 'preact/hooks';
import type { OutboxKind } from '../../../worker/contract/outbox.ts';
import type { OutboxState } from '../../../worker/contract/outbox-list.ts';
import { Heading } from '../../ui/heading.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { OutboxFilter } from '../api/outbox-calls.ts';
import { useAddressFilter } from '../lists/address-filter.ts';
import { Choice } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { SavedViews } from '../lists/saved-views.tsx';
import { Table } from '../lists/table.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { GivenUpNotice } from './given-up-notice.tsx';
import { type ListedRow, outboxColumns } from './outbox-columns.tsx';
import { OUTBOX_STATES, outboxFilterOf } from './outbox-place.ts';

const EVERY_MS = 5_000;

export function OutboxScreen() {
  const { outbox, all } = ADMIN_TEXTS;
  useDocumentTitle(outbox.title);
  const { filter, href, setFilter } = useAddressFilter<OutboxFilter>(
    '/admin/outbox',
    (query) => outboxFilterOf(query) ?? {},
  );
  const kinds = Object.entries(outbox.kinds) as [OutboxKind, string][];
  return (
    <>
      <header class="admin-head">
        <Heading>{outbox.title}</Heading>
      </header>
      <p class="small-print">{outbox.lead}</p>
      {filter.outcome !== 'given_up' && (
        <GivenUpNotice onShow={() => setFilter({ outcome: 'given_up' })} />
      )}
      <search class="filters">
        <Choice<OutboxState>
          label={outbox.state}
          all={all}
          options={OUTBOX_STATES.map((state) => [state, outbox.states[state]] as const)}
          value={filter.outcome}
          onChoose={(outcome) => setFilter({ ...filter, outcome })}
        />
        <Choice<OutboxKind>
          label={outbox.kind}
          all={all}
          options={kinds}
          value={filter.kind}
          onChoose={(kind) => setFilter({ ...filter, kind })}
        />
      </search>
      <SavedViews list="outbox" href={href} />
      <OutboxRows filter={filter} />
    </>
  );
}

function OutboxRows({ filter }: { filter: OutboxFilter }) {
  const admin = useAdmin();
  const { outbox, orders } = ADMIN_TEXTS;
  const [retried, setRetried] = useState<OutboxKind | null>(null);
  const isFiltered = Boolean(filter.kind ?? filter.outcome);
  return (
    <>
      <output>{retried && outbox.retried(outbox.kinds[retried])}</output>
      <Listing<ListedRow>
        of={JSON.stringify(filter)}
        empty={outbox.empty}
        emptyAction={isFiltered && <a href="/admin/outbox">{orders.clear}</a>}
        everyMs={EVERY_MS}
        load={async (cursor) => {
          const result = await admin.listOutbox(filter, cursor);
          if (!result.ok) return result;
          const { rows, nextCursor } = result.value;
          const entries = rows.map((row) => ({ id: String(row.id), row }));
          return { ok: true, value: { entries, nextCursor } };
        }}
      >
        {(entries, refresh) => (
          <Table
            name="outbox"
            caption={outbox.title}
            entries={entries}
            columns={outboxColumns(({ kind }) => {
              setRetried(kind);
              refresh();
            })}
          />
        )}
      </Listing>
    </>
  );
}
