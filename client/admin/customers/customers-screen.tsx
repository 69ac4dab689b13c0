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
import { AllowMailButton } from './allow-mail-button.tsx';

const STATES = ['true', 'false'] as const;

/** @param q what it is searched for at first */
export function CustomersScreen({ q: first }: { q?: string | undefined }) {
  useDocumentTitle(ADMIN_TEXTS.sections.customers);
  const admin = useAdmin();
  const [filter, setFilter] = useKept<CustomerFilter>('filter', { q: first });
  return (
    <>
      <header class="admin-head">
        <Heading>{ADMIN_TEXTS.sections.customers}</Heading>
      </header>
      <Filters
        texts={{ q: ADMIN_TEXTS.searchCustomers }}
        {...(first !== undefined && { values: { q: first } })}
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

type Switched = Pick<Customer, 'active' | 'mailSuppressed'>;

function CustomerRow({ customer, onChanged }: { customer: Customer; onChanged(): void }) {
  const admin = useAdmin();
  const action = useAction();
  const { isSending, problem, run } = action;
  const { id, email, deletedAt } = customer;
  const displayName = customerName(customer);
  // Pages after the first are not asked for again: what was just done is known all the same.
  const [{ active, mailSuppressed }, setNow] = useState<Switched>(customer);
  useEffect(() => setNow(customer), [customer]);
  // The button that was pressed becomes another one.
  const row = useFocusRescue<HTMLElement>(isSending);
  const { deactivate, activate, actionFor } = ADMIN_TEXTS;

  function onSwitched(detail: CustomerDetail) {
    setNow(detail);
    onChanged();
  }
  return (
    <article class="row-line" ref={row} tabIndex={-1}>
      <div class="row-words">
        <h2 class="row-title" dir="auto">
          {displayName}
        </h2>
        <CustomerFacts customer={{ ...customer, active, mailSuppressed }} />
      </div>
      <div class="row-actions">
        <a
          href={`/admin/orders?customer=${id}`}
          aria-label={actionFor(ADMIN_TEXTS.orders.link, email)}
        >
          {ADMIN_TEXTS.orders.link}
        </a>
        {mailSuppressed && (
          <AllowMailButton
            userId={id}
            whom={isolated(email)}
            action={action}
            onAllowed={onSwitched}
          />
        )}
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

function CustomerFacts({ customer }: { customer: Customer }) {
  const { locale } = useShop();
  const { email, role, active, emailVerified, mailSuppressed, createdAt } = customer;
  const { customerStates, outbox, since, verified } = ADMIN_TEXTS;
  return (
    <p class="row-meta">
      <span>{email}</span>
      {role !== 'customer' && <span>{ADMIN_TEXTS.role[role]}</span>}
      <span class={`badge badge-${active ? 'confirmed' : 'closed'}`}>
        {customerStates[active ? 'true' : 'false']}
      </span>
      <span>{verified[emailVerified ? 'true' : 'false']}</span>
      {mailSuppressed && (
        <span class="badge badge-closed">{outbox.suppressed[mailSuppressed]}</span>
      )}
      <span>{since(formatInstant(createdAt, { locale }))}</span>
    </p>
  );
}
