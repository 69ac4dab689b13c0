/** What an admin does to an event as a whole: made a draft again, planned once more, deleted. Must not run its sale. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { Result } from '../../api/call-problem.ts';
import { formatInstant } from '../../format/times.ts';
import { useLocation } from '../../page/location.tsx';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { Versioned } from '../api/asking.ts';
import { refreshIfChanged, useAction } from '../api/use-action.ts';
import { draftOf, readDraft } from '../events/event-draft.ts';
import type { EventMoment } from '../events/event-moment.ts';
import { isQueued } from '../events/event-queue.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { useLeaving } from '../forms/saved-note.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { DuplicateButton } from './duplicate-button.tsx';

export interface LifecycleButtonsProps {
  readonly event: Versioned<AdminEvent>;
  readonly moment: EventMoment;
  onChanged(event: AdminEvent): void;
  onStale(): void;
}

export function LifecycleButtons({ event, moment, onChanged, onStale }: LifecycleButtonsProps) {
  const admin = useAdmin();
  const leaveFor = useLeaving();
  const { isSending, problem, run } = useAction();
  const { route } = useLocation();
  const { locale, timeZone } = useShop();
  const { unpublish, remove, texts } = ADMIN_TEXTS.lifecycle;
  return (
    <>
      {mayUnpublish(event, moment) && (
        <ConfirmButton
          {...unpublish}
          kind="quiet"
          isInert={isSending}
          onConfirm={() => run(() => refreshIfChanged(asDraft(admin, event), onStale), onChanged)}
        />
      )}
      {event.published && (
        <Button kind="quiet" onPress={() => route(`/admin/events/${event.id}/texts`)}>
          {texts.action}
        </Button>
      )}
      <DuplicateButton event={event} isInert={isSending} />
      {isUnused(event) ? (
        <ConfirmButton
          action={remove.action}
          ask={remove.ask(event.title, !event.published)}
          body={remove.body(formatInstant(event.startsAt, { locale, timeZone }))}
          kind="quiet"
          isInert={isSending}
          onConfirm={() =>
            run(
              () => refreshIfChanged(admin.deleteEvent(event.id, event.version), onStale),
              () => leaveFor({ path: '/admin/events', text: remove.done }),
            )
          }
        />
      ) : (
        <p class="small-print">{remove.used}</p>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

/** Before it opens and while nobody relies on it; once it has opened it can only be closed. */
function mayUnpublish(event: AdminEvent, moment: EventMoment): boolean {
  return moment === 'locked' && event.cancelledAt === null && !isQueued(event);
}

/** As far as can be seen here: the server knows of holds that have ended, too. */
function isUnused(event: AdminEvent): boolean {
  return !isQueued(event) && event.items.every(({ stock }) => stock.sold + stock.held === 0);
}

/** The plan as it is saved, but for everybody no more. */
async function asDraft(
  admin: AdminApi,
  event: Versioned<AdminEvent>,
): Promise<Result<Versioned<AdminEvent>>> {
  const reading = readDraft(draftOf(event));
  if (!reading.ok) return { ok: false, problem: { code: 'malformed', fields: reading.errors } };
  const { startsAt, endsAt } = event.planned;
  const input = { ...reading.input, startsAt, endsAt, published: false };
  return admin.replaceEvent(event.id, input, event.version);
}
