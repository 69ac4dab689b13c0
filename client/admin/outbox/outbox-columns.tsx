/** What the list of the outbox shows of each row, and what can be done with one. Must not load the list. */
import { useState } from 'preact/hooks';
import type { OutboxRow, OutboxState } from '../../../worker/contract/outbox-list.ts';
import { formatAgo } from '../../format/ago.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { AllowMailButton } from '../customers/allow-mail-button.tsx';
import type { Column } from '../lists/table.tsx';
import { formatMoment } from '../lists/time-cell.tsx';
import { orderPath, singleOrderPath } from '../orders/order-filter.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

const BADGES: Readonly<Record<OutboxState, string>> = {
  given_up: 'closed',
  waiting: 'pending',
  done: 'confirmed',
  dropped: 'cancelled',
};

export interface ListedRow {
  readonly id: string;
  readonly row: OutboxRow;
}

export function outboxColumns(onRetried: (row: OutboxRow) => void): readonly Column<ListedRow>[] {
  const { outbox, lists, number } = ADMIN_TEXTS;
  const { heads } = lists;
  return [
    { name: 'what', title: heads.what, isText: true, cell: ({ row }) => outbox.kinds[row.kind] },
    ...aboutColumns(),
    {
      name: 'state',
      title: heads.state,
      cell: ({ row: { outcome, lastError } }) => (
        <span class="cell-parts">
          <span class={`badge badge-${BADGES[outcome]}`} key={outcome}>
            {outbox.states[outcome]}
          </span>
          {lastError && <span>{outbox.errorWords(lastError)}</span>}
        </span>
      ),
    },
    {
      name: 'tries',
      title: heads.tries,
      isNumber: true,
      card: 'none',
      cell: ({ row }) => row.tries > 0 && number(row.tries),
    },
    { name: 'written', title: heads.written, cell: ({ row }) => <Written row={row} /> },
    { name: 'next', title: heads.next, card: 'none', cell: ({ row }) => <NextOrLast row={row} /> },
    {
      name: 'actions',
      title: heads.actions,
      cell: ({ row }) => <Actions row={row} onRetried={() => onRetried(row)} />,
    },
  ];
}

/** What it is about, each by its name. */
function aboutColumns(): readonly Column<ListedRow>[] {
  const { lists, deletedAccount } = ADMIN_TEXTS;
  const { heads } = lists;
  return [
    {
      name: 'order',
      title: heads.order,
      cell: ({ row: { orderId, orderNumber } }) =>
        orderId && (
          <a class="row-number" href={singleOrderPath(orderId, {})} translate={false}>
            {orderNumber}
          </a>
        ),
    },
    {
      name: 'customer',
      title: heads.customer,
      isText: true,
      cell: ({ row: { userId, userName } }) =>
        userId && (
          <a href={orderPath({ customer: userId })} dir="auto">
            {userName ?? deletedAccount}
          </a>
        ),
    },
    {
      name: 'event',
      title: heads.event,
      isText: true,
      cell: ({ row: { eventId, eventTitle } }) =>
        eventId && (
          <a href={`/admin/events/${eventId}`} dir="auto">
            {eventTitle}
          </a>
        ),
    },
  ];
}

function Written({ row: { createdAt } }: { row: OutboxRow }) {
  const { clock, locale } = useShop();
  return <span class="cell-time">{formatAgo(createdAt, { nowMs: clock.nowMs(), locale })}</span>;
}

function NextOrLast({ row: { outcome, dueAt, endedAt } }: { row: OutboxRow }) {
  const { locale } = useShop();
  const { outbox } = ADMIN_TEXTS;
  const at = (instant: string) => formatMoment(instant, locale);
  if (outcome === 'waiting') return <span>{outbox.due(at(dueAt))}</span>;
  return endedAt === null ? null : <span>{outbox.ended(at(endedAt))}</span>;
}

function Actions({ row, onRetried }: { row: OutboxRow; onRetried(): void }) {
  const admin = useAdmin();
  const { outbox, actionFor, deletedAccount } = ADMIN_TEXTS;
  const action = useAction();
  const [isAllowed, setIsAllowed] = useState(false);
  const { isSending, problem, run } = action;
  const { outcome, userId, userName } = row;
  return (
    <div class="cell-actions">
      {outcome === 'given_up' && (
        <Button
          kind="quiet"
          label={actionFor(outbox.retry, outbox.kinds[row.kind])}
          isInert={isSending}
          onPress={() => run(() => admin.retryOutbox(row.id), onRetried)}
        >
          {outbox.retry}
        </Button>
      )}
      {userId && isOfOwnAddress(row) && !isAllowed && (
        <AllowMailButton
          userId={userId}
          whom={userName ?? deletedAccount}
          action={action}
          onAllowed={() => setIsAllowed(true)}
        />
      )}
      <output>{isAllowed && outbox.allowedMail}</output>
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}

/** Nothing is sent to the address of the account that it is about. */
function isOfOwnAddress({ kind, lastError }: OutboxRow): boolean {
  const isElsewhere = kind === 'mail.change_email' || kind === 'mail.email_changed';
  return lastError === 'recipient_suppressed' && !isElsewhere;
}
