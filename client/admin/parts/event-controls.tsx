/** What an event is now, until when, and the admin's hand on it. Must not show its figures. */
import { useLocation } from 'preact-iso';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { Ticking } from '../../hooks/ticking.tsx';
import { useFocusRescue } from '../../hooks/use-page.ts';
import { useNowUntil } from '../../hooks/use-server-time.ts';
import { Button } from '../../parts/button.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useShop } from '../../shop.ts';
import { nextChangeMs, statusAt } from '../../state/sale.ts';
import { formatInstant } from '../../state/times.ts';
import { TEXTS } from '../../texts.ts';
import type { Versioned } from '../admin-api.ts';
import { useAdmin } from '../admin-context.ts';
import { ADMIN_TEXTS } from '../texts.ts';
import { refreshIfChanged, useAction } from '../use-action.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { ExportButton } from './export-button.tsx';

export interface EventControlsProps {
  readonly event: Versioned<AdminEvent>;
  onChanged(event: AdminEvent): void;
  onStale(): void;
}

export function EventControls({ event, onChanged, onStale }: EventControlsProps) {
  const { clock } = useShop();
  const changeMs = nextChangeMs(event, clock.nowMs());
  const status = statusAt(event, useNowUntil(changeMs));
  return (
    <>
      <div class="facts">
        <EventWords event={event} status={status} />
        {changeMs !== null && (
          <Ticking momentMs={changeMs} onReached={onStale}>
            {(remainingMs) => (
              <Countdown
                size="large"
                label={status === 'locked' ? TEXTS.opensIn : TEXTS.closesIn}
                remainingMs={remainingMs}
              />
            )}
          </Ticking>
        )}
      </div>
      <EventActions event={event} status={status} onChanged={onChanged} onStale={onStale} />
    </>
  );
}

type WithStatus = Pick<AdminEvent, 'status'> & { readonly event: Versioned<AdminEvent> };

function EventWords({ event, status }: WithStatus) {
  const { locale } = useShop();
  const { planned, timeZone, openedAt, closedAt } = event;
  const inZone = { locale, timeZone };
  const start = formatInstant(planned.startsAt, inZone);
  const end = formatInstant(planned.endsAt, inZone);
  const ownStart = formatInstant(planned.startsAt, { locale });
  const ownEnd = formatInstant(planned.endsAt, { locale });
  return (
    <div class="facts-words">
      {event.description && (
        <p class="lead" dir="auto">
          {event.description}
        </p>
      )}
      <p class="facts-when">
        <StatusBadge status={status} />
        {!event.published && <span class="badge badge-draft">{ADMIN_TEXTS.draft}</span>}
        <span>{ADMIN_TEXTS.inZone(start, end, timeZone.replaceAll('_', ' '))}</span>
        {start !== ownStart && <span>{ADMIN_TEXTS.onOwnClock(ownStart, ownEnd)}</span>}
        {openedAt && <span>{ADMIN_TEXTS.openedByHand(formatInstant(openedAt, { locale }))}</span>}
        {closedAt && <span>{ADMIN_TEXTS.closedByHand(formatInstant(closedAt, { locale }))}</span>}
      </p>
      {!event.published && <p class="small-print">{ADMIN_TEXTS.unpublished}</p>}
    </div>
  );
}

function EventActions({
  event,
  status,
  onChanged,
  onStale,
}: WithStatus & Pick<EventControlsProps, 'onChanged' | 'onStale'>) {
  const admin = useAdmin();
  const { route } = useLocation();
  const { isSending, problem, run } = useAction();
  const { clock } = useShop();
  // The button that was pressed may be gone when it is done.
  const actions = useFocusRescue<HTMLDivElement>(isSending);
  /** What is opened is what was looked at, or is looked at anew first. */
  const openAsSeen = () => refreshIfChanged(admin.openEvent(event.id, event.version), onStale);
  return (
    <>
      <div class="actions" ref={actions} tabIndex={-1}>
        {mayOpen(event, status, clock.nowMs()) && (
          <ConfirmButton
            action={ADMIN_TEXTS.openNow}
            ask={ADMIN_TEXTS.openAsk}
            body={ADMIN_TEXTS.openBody}
            kind={status === 'closed' ? 'quiet' : 'primary'}
            isInert={isSending}
            onConfirm={() => run(openAsSeen, onChanged)}
          />
        )}
        {status === 'locked' && (
          <Button kind="quiet" onPress={() => route(`/admin/events/${event.id}/edit`)}>
            {ADMIN_TEXTS.edit}
          </Button>
        )}
        {status !== 'closed' && (
          <ConfirmButton
            action={ADMIN_TEXTS.closeNow}
            ask={ADMIN_TEXTS.closeAsk}
            body={ADMIN_TEXTS.closeBody}
            kind="quiet"
            isInert={isSending}
            onConfirm={() => run(() => admin.closeEvent(event.id), onChanged)}
          />
        )}
        <ExportButton eventId={event.id} />
        <p class="action-links">
          <a href={`/admin/orders?event=${event.id}`}>{ADMIN_TEXTS.orders.link}</a>
          {event.published && <a href={`/events/${event.id}`}>{ADMIN_TEXTS.shopPage}</a>}
        </p>
      </div>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

/** Opening also publishes, and takes back a closing by hand. */
function mayOpen({ published, closedAt, planned }: AdminEvent, status: string, nowMs: number) {
  const isShut = status === 'locked' || !published || closedAt !== null;
  return isShut && nowMs < Date.parse(planned.endsAt);
}
