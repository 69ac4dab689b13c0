/** `/admin/customers`: who has an account, and whether it may be used. */
import { useState } from 'preact/hooks';
import type { Customer, CustomerDetail } from '../../../worker/contract/administration.ts';
import { isolated } from '../../format/direction.ts';
import { Heading } from '../../ui/heading.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { CustomerFilter } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAddressFilter } from '../lists/address-filter.ts';
import { customerName } from '../lists/customer-name.ts';
import { Choice, Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { SavedViews } from '../lists/saved-views.tsx';
import { Table } from '../lists/table.tsx';
import { UndoNote, useUndo } from '../lists/undo.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { customerColumns, type Switching } from './customer-columns.tsx';

const STATES = ['true', 'false'] as const;

export function CustomersScreen() {
  const title = ADMIN_TEXTS.sections.customers;
  useDocumentTitle(title);
  const { filter, href, setFilter } = useAddressFilter('/admin/customers', customerFilterOf);
  return (
    <>
      <header class="admin-head">
        <Heading>{title}</Heading>
      </header>
      <Filters
        texts={{ q: ADMIN_TEXTS.searchCustomers }}
        values={{ q: filter.q ?? '' }}
        onApply={({ q }) => setFilter({ ...filter, q })}
      >
        <Choice<'true' | 'false'>
          label={ADMIN_TEXTS.stateFilter}
          all={ADMIN_TEXTS.all}
          options={STATES.map((active) => [active, ADMIN_TEXTS.customerStates[active]])}
          value={filter.active}
          onChoose={(active) => setFilter({ ...filter, active })}
        />
      </Filters>
      <SavedViews list="customers" href={href} />
      <Customers filter={filter} />
    </>
  );
}

function Customers({ filter }: { filter: CustomerFilter }) {
  const admin = useAdmin();
  const undo = useUndo();
  // Pages after the first are not asked for again: what was just done is known all the same.
  const [switched, setSwitched] = useState<ReadonlyMap<Customer, Customer>>(new Map());
  const isFiltered = Object.keys(filter).length > 0;

  function onSwitched(was: Customer, now: CustomerDetail, { refresh }: { refresh(): void }) {
    setSwitched((before) => new Map(before).set(was, { ...was, ...now }));
    if (was.active && !now.active) {
      undo.offer({
        words: ADMIN_TEXTS.deactivated(isolated(customerName(was))),
        undo: async () => {
          const result = await admin.switchCustomer(was.id, 'activate');
          if (result.ok) onSwitched(was, result.value, { refresh });
          return result;
        },
      });
    }
    refresh();
  }
  return (
    <>
      <Listing<Customer>
        of={JSON.stringify(filter)}
        empty={ADMIN_TEXTS.customersNoneMatch}
        emptyAction={isFiltered && <a href="/admin/customers">{ADMIN_TEXTS.orders.clear}</a>}
        load={async (cursor) => {
          const result = await admin.listCustomers(filter, cursor);
          if (!result.ok) return result;
          const { users, nextCursor } = result.value;
          return { ok: true, value: { entries: users, nextCursor } };
        }}
      >
        {(customers, refresh) => {
          const switching: Switching = {
            now: (customer) => switched.get(customer) ?? customer,
            onSwitched: (was, now) => onSwitched(was, now, { refresh }),
          };
          return (
            <Table
              name="customers"
              caption={ADMIN_TEXTS.sections.customers}
              columns={customerColumns(switching)}
              entries={customers}
            />
          );
        }}
      </Listing>
      <UndoNote undo={undo} />
    </>
  );
}

function customerFilterOf(query: Readonly<Record<string, string | undefined>>): CustomerFilter {
  const active = STATES.find((one) => one === query['active']);
  return { ...(query['q'] && { q: query['q'] }), ...(active && { active }) };
}
