/** `/admin/customers`: who has an account, and whether it may be used. */

import { useEffect, useState } from 'preact/hooks';
import type { Customer, CustomerDetail } from '../../../worker/contract/administration.ts';
import { isolated } from '../../format/direction.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { useKept } from '../../shop/use-kept.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useDocumentTitle, useFocusRescue } from '../../ui/use-page.ts';
import type { CustomerFilter } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { customerName } from '../lists/customer-name.ts';
import { Choice, Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

const STATES = ['true', 'false'] as const;

export function CustomersScreen() {
  useDocumentTitle(ADMIN_TEXTS.sections.customers);
  const admin = useAdmin();
  const [filter, setFilter] = useKept<CustomerFilter>('filter', {});
  return (
    <>
      <header class="admin-head">
        <Heading>{ADMIN_TEXTS.sections.customers}</Heading>
      </header>
      <Filters
        texts={{ q: ADMIN_TEXTS.searchCustomers }}
        action={ADMIN_TEXTS.search}
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
      <Listing
        of={JSON.stringify(filter)}
        empty={ADMIN_TEXTS.customersNoneMatch}
        load={async (cursor) => {
          const result = await admin.listCustomers(filter, cursor);
          if (!result.ok) return result;
          const { users, nextCursor } = result.value;
          return { ok: true, value: { entries: users, nextCursor } };
        }}
      >
        {(customer, refresh) => <CustomerRow customer={customer} onChanged={refresh} />}
      </Listing>
    </>
  );
}

function CustomerRow({ customer, onChanged }: { customer: Customer; onChanged(): void }) {
  const { locale } = useShop();
  const admin = useAdmin();
  const { isSending, problem, run } = useAction();
  const { id, email, role, createdAt, deletedAt } = customer;
  const displayName = customerName(customer);
  const [active, setActive] = useState(customer.active);
  // Pages after the first are not asked for again: what was just done is known all the same.
  useEffect(() => setActive(customer.active), [customer]);
  // The button that was pressed becomes another one.
  const row = useFocusRescue<HTMLElement>(isSending);
  const state = ADMIN_TEXTS.customerStates[active ? 'true' : 'false'];
  const { deactivate, activate, actionFor } = ADMIN_TEXTS;

  function onSwitched(detail: CustomerDetail) {
    setActive(detail.active);
    onChanged();
  }
  return (
    <article class="row-line" ref={row} tabIndex={-1}>
      <div class="row-words">
        <h2 class="row-title" dir="auto">
          {displayName}
        </h2>
        <p class="row-meta">
          <span>{email}</span>
          {role !== 'customer' && <span>{ADMIN_TEXTS.role[role]}</span>}
          <span class={`badge badge-${active ? 'confirmed' : 'closed'}`}>{state}</span>
          <span>{ADMIN_TEXTS.verified[customer.emailVerified ? 'true' : 'false']}</span>
          <span>{ADMIN_TEXTS.since(formatInstant(createdAt, { locale }))}</span>
        </p>
      </div>
      <div class="row-actions">
        <a
          href={`/admin/orders?customer=${id}`}
          aria-label={actionFor(ADMIN_TEXTS.orders.link, email)}
        >
          {ADMIN_TEXTS.orders.link}
        </a>
        {active ? (
          <ConfirmButton
            action={deactivate}
            label={actionFor(deactivate, email)}
            ask={ADMIN_TEXTS.deactivateAsk(isolated(displayName))}
            body={ADMIN_TEXTS.deactivateBody}
            kind="quiet"
            isInert={isSending}
            onConfirm={() => run(() => admin.switchCustomer(id, 'deactivate'), onSwitched)}
          />
        ) : deletedAt === null ? (
          <Button
            kind="quiet"
            label={actionFor(activate, email)}
            isInert={isSending}
            onPress={() => run(() => admin.switchCustomer(id, 'activate'), onSwitched)}
          >
            {activate}
          </Button>
        ) : null}
      </div>
      {problem && <ProblemNotice problem={problem} />}
    </article>
  );
}
