/** `/admin/audit`: who changed what, the latest first. */
import type { AuditAction } from '../../../worker/contract/audit-actions.ts';
import { Heading } from '../../ui/heading.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { AuditFilter, AuditRecord } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAddressFilter } from '../lists/address-filter.ts';
import { Choice } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { SavedViews } from '../lists/saved-views.tsx';
import { type Column, Table } from '../lists/table.tsx';
import { TimeCell } from '../lists/time-cell.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { EntryWords } from './entry-words.tsx';
import { actorOf, subjectOf } from './subject.ts';

export function AuditScreen() {
  const { audit, all, sections } = ADMIN_TEXTS;
  useDocumentTitle(sections.audit);
  const { filter, href, setFilter } = useAddressFilter('/admin/audit', auditFilterOf);
  const deeds = Object.entries(audit.deeds) as [AuditAction, string][];
  return (
    <>
      <header class="admin-head">
        <Heading>{sections.audit}</Heading>
      </header>
      <search class="filters">
        <Choice<string>
          label={audit.action}
          all={all}
          options={deeds.toSorted(([, one], [, other]) => one.localeCompare(other))}
          value={filter.action}
          onChoose={(action) => setFilter({ ...filter, action })}
        />
      </search>
      <SavedViews list="audit" href={href} />
      <Entries filter={filter} />
    </>
  );
}

interface Listed {
  readonly id: string;
  readonly entry: AuditRecord;
}

function Entries({ filter }: { filter: AuditFilter }) {
  const admin = useAdmin();
  const { audit, sections } = ADMIN_TEXTS;
  const isFiltered = Object.values(filter).some(Boolean);
  return (
    <Listing<Listed>
      of={JSON.stringify(filter)}
      empty={audit.empty}
      emptyAction={isFiltered && <a href="/admin/audit">{audit.everybody}</a>}
      load={async (cursor) => {
        const result = await admin.listAudit(filter, cursor);
        if (!result.ok) return result;
        const { entries, nextCursor } = result.value;
        const listed = entries.map((entry) => ({ id: String(entry.id), entry }));
        return { ok: true, value: { entries: listed, nextCursor } };
      }}
    >
      {(entries) => (
        <>
          {entries[0] && <Narrowed filter={filter} entry={entries[0].entry} />}
          <Table name="audit" caption={sections.audit} columns={auditColumns()} entries={entries} />
        </>
      )}
    </Listing>
  );
}

/** Whose deeds are listed, or what they were done to, by the name that an entry has. */
function Narrowed({ filter, entry }: { filter: AuditFilter; entry: AuditRecord }) {
  const { audit } = ADMIN_TEXTS;
  if (!filter.actor && !filter.subject) return null;
  return (
    <p class="row-meta">
      {filter.actor && <strong>{audit.onlyBy(actorOf(entry).text)}</strong>}
      {filter.subject && <strong>{audit.onlyAbout(subjectOf(entry).text)}</strong>}
      <a href="/admin/audit">{audit.everybody}</a>
    </p>
  );
}

function auditColumns(): readonly Column<Listed>[] {
  const { heads } = ADMIN_TEXTS.lists;
  return [
    {
      name: 'what',
      title: heads.what,
      isLong: true,
      cell: ({ entry }) => <EntryWords entry={entry} />,
    },
    { name: 'when', title: heads.when, cell: ({ entry }) => <TimeCell at={entry.at} /> },
  ];
}

function auditFilterOf(query: Readonly<Record<string, string | undefined>>): AuditFilter {
  const { action, actor, subject } = query;
  return { ...(action && { action }), ...(actor && { actor }), ...(subject && { subject }) };
}
