/** `/admin/outbox`: what waits to be sent, what was given up and why, and the way to send that again. */
import { useState } from 'preact/hooks';
import type { OutboxKind } from '../../../worker/contract/outbox.ts';
import type { OutboxRow, OutboxState } from '../../../worker/contract/outbox-list.ts';
import { formatAgo } from '../../format/ago.ts';
import { isolated } from '../../format/direction.ts';
import { formatInstant } from '../../format/times.ts';
import { useLocation } from '../../page/location.tsx';
import { useShop } from '../../shop/shop.ts';
import { useKept } from '../../shop/use-kept.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { OutboxFilter } from '../api/outbox-calls.ts';
import { useAction } from '../api/use-action.ts';
import { AllowMailButton } from '../customers/allow-mail-button.tsx';
import { Choice } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { orderPath } from '../orders/order-filter.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { GivenUpNotice } from './given-up-notice.tsx';
import { OUTBOX_STATES, outboxFilterOf } from './outbox-place.ts';

const BADGES: Readonly<Record<OutboxState, string>> = {
  given_up: 'closed',
  waiting: 'pending',
  done: 'confirmed',
  dropped: 'cancelled',
};
const EVERY_MS = 5_000;

export function OutboxScreen() {
  const { outbox, all } = ADMIN_TEXTS;
  useDocumentTitle(outbox.title);
  const admin = useAdmin();
  const { query } = useLocation();
  const [filter, setFilter] = useKept<OutboxFilter>('filter', outboxFilterOf(query) ?? {});
  const [retried, setRetried] = useState<OutboxKind | null>(null);
  const kinds = Object.entries(outbox.kinds) as [OutboxKind, string][];
  return (
    <>
      <header class="admin-head">
        <Heading>{outbox.title}</Heading>
      </header>
      <p class="lead">{outbox.lead}</p>
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
      <output>{retried && outbox.retried(outbox.kinds[retried])}</output>
      <Listing
        of={JSON.stringify(filter)}
        empty={outbox.empty}
        everyMs={EVERY_MS}
        load={async (cursor) => {
          const result = await admin.listOutbox(filter, cursor);
          if (!result.ok) return result;
          const { rows, nextCursor } = result.value;
          const entries = rows.map((row) => ({ ...row, id: String(row.id), row }));
          return { ok: true, value: { entries, nextCursor } };
        }}
      >
        {({ row }, refresh) => (
          <OutboxLine
            row={row}
            onRetried={() => {
              setRetried(row.kind);
              refresh();
            }}
          />
        )}
      </Listing>
    </>
  );
}

/** Nothing is sent to the address of the account that it is about. */
function isOfOwnAddress({ kind, lastError }: OutboxRow): boolean {
  const isElsewhere = kind === 'mail.change_email' || kind === 'mail.email_changed';
  return lastError === 'recipient_suppressed' && !isElsewhere;
}

function OutboxLine({ row, onRetried }: { row: OutboxRow; onRetried(): void }) {
  const admin = useAdmin();
  const { clock, locale } = useShop();
  const { outbox, actionFor } = ADMIN_TEXTS;
  const action = useAction();
  const [isAllowed, setIsAllowed] = useState(false);
  const { isSending, problem, run } = action;
  const at = (instant: string) => formatInstant(instant, { locale });
  const { outcome, tries, lastError, createdAt, dueAt, endedAt, userId, userName } = row;
  const kind = outbox.kinds[row.kind];
  return (
    <article class="row-line">
      <div class="row-words">
        <h2 class="row-title">{kind}</h2>
        <p class="row-meta">
          <span class={`badge badge-${BADGES[outcome]}`}>{outbox.states[outcome]}</span>
          <span>{outbox.written(formatAgo(createdAt, { nowMs: clock.nowMs(), locale }))}</span>
          {tries > 0 && <span>{outbox.tries(tries)}</span>}
          {lastError && <span>{outbox.lastError(lastError)}</span>}
          {outcome === 'waiting' && <span>{outbox.due(at(dueAt))}</span>}
          {endedAt && <span>{outbox.ended(at(endedAt))}</span>}
        </p>
        {row.orderNumber && (
          <p class="row-meta">
            <a href={orderPath({ q: row.orderNumber })}>{outbox.ofOrder(row.orderNumber)}</a>
          </p>
        )}
        {userId && userName !== null && (
          <p class="row-meta">
            <a href={orderPath({ customer: userId })}>{isolated(userName)}</a>
          </p>
        )}
        {userId && userName === null && <p class="row-id">{userId}</p>}
        <output>{isAllowed && outbox.allowedMail}</output>
      </div>
      {outcome === 'given_up' && (
        <div class="row-actions">
          <Button
            kind="quiet"
            label={actionFor(outbox.retry, kind)}
            isInert={isSending}
            onPress={() => run(() => admin.retryOutbox(row.id), onRetried)}
          >
            {outbox.retry}
          </Button>
        </div>
      )}
      {userId && isOfOwnAddress(row) && !isAllowed && (
        <div class="row-actions">
          <AllowMailButton
            userId={userId}
            whom={userName ?? userId}
            action={action}
            onAllowed={() => setIsAllowed(true)}
          />
        </div>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </article>
  );
}
