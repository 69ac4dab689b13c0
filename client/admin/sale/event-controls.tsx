/** What an event is now, until when, and the admin's hand on it. Must not show its figures. */

import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { formatInstant } from '../../format/times.ts';
import { useLocation } from '../../page/location.tsx';
import { useShop } from '../../shop/shop.ts';
import { Ticking } from '../../shop/ticking.tsx';
import { useNowUntil } from '../../shop/use-server-time.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFocusRescue } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { Versioned } from '../api/asking.ts';
import { refreshIfChanged, useAction } from '../api/use-action.ts';
import { AdmissionLabel } from '../events/admission-label.tsx';
import { EventBadge } from '../events/event-badge.tsx';
import { type EventMoment, momentOf, nextMomentMs } from '../events/event-moment.ts';
import { mayEdit } from '../events/event-queue.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { DraftPanel } from '../lifecycle/draft-panel.tsx';
import { LifecycleButtons } from '../lifecycle/lifecycle-buttons.tsx';
import { EventExport } from '../orders/export-button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { CancelButton } from './cancel-button.tsx';
import { CancelProgress } from './cancel-progress.tsx';

export interface EventControlsProps {
  readonly event: Versioned<AdminEvent>;
  onChanged(event: AdminEvent): void;
  onStale(): void;
}

export function EventControls({ event, onChanged, onStale }: EventControlsProps) {
  const { clock } = useShop();
  const changeMs = nextMomentMs(event, clock.nowMs());
  const moment = momentOf(event, useNowUntil(changeMs));
  return (
    <>
      <div class="facts">
        <EventWords event={event} moment={moment} />
        {changeMs !== null && (
          <Ticking momentMs={changeMs} onReached={onStale}>
            {(remainingMs) => (
              <Countdown
                size="large"
                label={moment === 'locked' ? TEXTS.opensIn : TEXTS.closesIn}
                remainingMs={remainingMs}
              />
            )}
          </Ticking>
        )}
      </div>
      {event.cancellation && (
        <CancelProgress cancellation={event.cancellation} isPaid={event.payment === 'online'} />
      )}
      {moment === 'draft' && <DraftPanel event={event} />}
      <EventActions event={event} moment={moment} onChanged={onChanged} onStale={onStale} />
    </>
  );
}

interface AtMoment {
  readonly event: Versioned<AdminEvent>;
  readonly moment: EventMoment;
}

function EventWords({ event, moment }: AtMoment) {
  const { locale } = useShop();
  const { planned, timeZone, openedAt, closedAt, cancelledAt } = event;
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
        <EventBadge moment={moment} cancelledAt={cancelledAt} />
        <AdmissionLabel admission={event.admission} />
        <span>{ADMIN_TEXTS.inZone(start, end, timeZone.replaceAll('_', ' '))}</span>
        {start !== ownStart && <span>{ADMIN_TEXTS.onOwnClock(ownStart, ownEnd)}</span>}
        {openedAt && <span>{ADMIN_TEXTS.openedByHand(formatInstant(openedAt, { locale }))}</span>}
        {closedAt && !cancelledAt && (
          <span>{ADMIN_TEXTS.closedByHand(formatInstant(closedAt, { locale }))}</span>
        )}
      </p>
    </div>
  );
}

function EventActions({
  event,
  moment,
  onChanged,
  onStale,
}: AtMoment & Pick<EventControlsProps, 'onChanged' | 'onStale'>) {
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
        {mayOpen(event, moment, clock.nowMs()) && (
          <ConfirmButton
            action={ADMIN_TEXTS.openNow}
            ask={ADMIN_TEXTS.openAsk}
            body={ADMIN_TEXTS.openBody}
            kind="quiet"
            isInert={isSending}
            onConfirm={() => run(openAsSeen, onChanged)}
          />
        )}
        {/* A draft has these in its own panel. */}
        {moment !== 'draft' && mayEdit(event, moment) && (
          <Button kind="quiet" onPress={() => route(`/admin/events/${event.id}/edit`)}>
            {ADMIN_TEXTS.edit}
          </Button>
        )}
        {moment !== 'closed' && moment !== 'draft' && (
          <ConfirmButton
            action={ADMIN_TEXTS.closeNow}
            ask={ADMIN_TEXTS.closeAsk}
            body={ADMIN_TEXTS.closeBody}
            kind="quiet"
            isInert={isSending}
            onConfirm={() => run(() => admin.closeEvent(event.id), onChanged)}
          />
        )}
        {event.cancelledAt === null && (
          <CancelButton event={event} isInert={isSending} onCancelled={onChanged} />
        )}
        <LifecycleButtons {...{ event, moment, onChanged, onStale }} />
        <EventExport id={event.id} />
        <p class="action-links">
          <a href={`/admin/orders?event=${event.id}`}>{ADMIN_TEXTS.orders.link}</a>
          {event.published && <a href={`/events/${event.id}`}>{ADMIN_TEXTS.shopPage}</a>}
        </p>
      </div>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

/**
 * Opening also publishes, and takes back a closing by hand. A draw opens at its time, and can only be opened
 * again.
 */
function mayOpen(event: AdminEvent, moment: EventMoment, nowMs: number) {
  const { admission, cancelledAt, closedAt, planned } = event;
  if (cancelledAt !== null) return false;
  if (admission === 'draw' && (closedAt === null || nowMs < Date.parse(planned.startsAt)))
    return false;
  const isShut = moment === 'locked' || moment === 'draft' || closedAt !== null;
  return isShut && nowMs < Date.parse(planned.endsAt);
}
