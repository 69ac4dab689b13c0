/** What the list of customers shows of each, and what can be done with one. Must not load the list. */
import type { Customer, CustomerDetail } from '../../../worker/contract/administration.ts';
import { isolated } from '../../format/direction.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFocusRescue } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { customerName } from '../lists/customer-name.ts';
import type { Column } from '../lists/table.tsx';
import { TimeCell } from '../lists/time-cell.tsx';
import { orderPath } from '../orders/order-filter.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { AllowMailButton } from './allow-mail-button.tsx';

/** What was just done to some of those that are listed. */
export interface Switching {
  now(listed: Customer): Customer;
  onSwitched(listed: Customer, detail: CustomerDetail): void;
}

export function customerColumns(switching: Switching): readonly Column<Customer>[] {
  const { customerStates, verified, outbox, role: roles, lists } = ADMIN_TEXTS;
  const { heads } = lists;
  const of =
    (cell: Column<Customer>['cell']): Column<Customer>['cell'] =>
    (listed) =>
      cell(switching.now(listed));
  return [
    {
      name: 'customer',
      title: heads.customer,
      isText: true,
      cell: (customer) => (
        <a href={orderPath({ customer: customer.id })} dir="auto">
          {customerName(customer)}
        </a>
      ),
    },
    { name: 'email', title: heads.email, isText: true, cell: ({ email }) => email },
    {
      name: 'state',
      title: heads.state,
      cell: of(({ active, role }) => (
        <span class="cell-parts">
          <span class={`badge badge-${active ? 'confirmed' : 'closed'}`} key={String(active)}>
            {customerStates[active ? 'true' : 'false']}
          </span>
          {role !== 'customer' && <span>{roles[role]}</span>}
        </span>
      )),
    },
    {
      name: 'verified',
      title: heads.verified,
      card: 'none',
      cell: ({ emailVerified }) => verified[emailVerified ? 'true' : 'false'],
    },
    {
      name: 'mail',
      title: heads.mail,
      cell: of(
        ({ mailSuppressed }) =>
          mailSuppressed && (
            <span class="badge badge-closed">{outbox.suppressed[mailSuppressed]}</span>
          ),
      ),
    },
    {
      name: 'since',
      title: heads.since,
      card: 'none',
      cell: ({ createdAt }) => <TimeCell at={createdAt} />,
    },
    {
      name: 'actions',
      title: heads.actions,
      cell: (listed) => (
        <Actions
          customer={switching.now(listed)}
          onSwitched={(detail) => switching.onSwitched(listed, detail)}
        />
      ),
    },
  ];
}

interface ActionsProps {
  readonly customer: Customer;
  onSwitched(detail: CustomerDetail): void;
}

function Actions({ customer, onSwitched }: ActionsProps) {
  const admin = useAdmin();
  const action = useAction();
  const { isSending, problem, run } = action;
  const { id, email, active, deletedAt, mailSuppressed } = customer;
  // The button that was pressed becomes another one.
  const buttons = useFocusRescue<HTMLDivElement>(isSending);
  const { deactivate, activate, actionFor } = ADMIN_TEXTS;
  return (
    <div class="cell-actions" ref={buttons} tabIndex={-1}>
      {mailSuppressed && (
        <AllowMailButton
          userId={id}
          whom={isolated(email)}
          action={action}
          onAllowed={onSwitched}
        />
      )}
      {active && (
        <ConfirmButton
          action={deactivate}
          label={actionFor(deactivate, email)}
          ask={ADMIN_TEXTS.deactivateAsk(isolated(customerName(customer)))}
          body={ADMIN_TEXTS.deactivateBody}
          kind="quiet"
          isInert={isSending}
          onConfirm={() => run(() => admin.switchCustomer(id, 'deactivate'), onSwitched)}
        />
      )}
      {!active && deletedAt === null && (
        <Button
          kind="quiet"
          label={actionFor(activate, email)}
          isInert={isSending}
          onPress={() => run(() => admin.switchCustomer(id, 'activate'), onSwitched)}
        >
          {activate}
        </Button>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
