/** `/admin/events/new` and `/admin/events/:id/edit`: an event's plan, while it can be changed. */
import { useState } from 'preact/hooks';
import { useShop } from '../../shop/shop.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Heading } from '../../ui/heading.tsx';
import { Empty, Failed, Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useLeaving } from '../forms/saved-note.tsx';
import { useCreationKey } from '../forms/use-creation-key.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { draftOf, newDraft } from './event-draft.ts';
import { EventForm } from './event-form.tsx';
import { mayEdit } from './event-queue.ts';
import { takesPayments } from './takes-payments.ts';
import { TemplateChoice } from './template-choice.tsx';

export function NewEventScreen() {
  useDocumentTitle(ADMIN_TEXTS.newEvent);
  const { clock } = useShop();
  const admin = useAdmin();
  const once = useCreationKey();
  const leaveFor = useLeaving();
  const [start] = useState(() =>
    newDraft(clock.nowMs(), Intl.DateTimeFormat().resolvedOptions().timeZone, takesPayments()),
  );
  return (
    <div class="narrow">
      <p class="back">
        <a href="/admin/events">{ADMIN_TEXTS.back.events}</a>
      </p>
      <Heading>{ADMIN_TEXTS.newEvent}</Heading>
      <EventForm
        start={start}
        // What an older page kept would be published at once.
        kept={{ name: 'new event', base: 'a draft' }}
        action={ADMIN_TEXTS.lifecycle.saveDraft}
        beginning={(part) => <TemplateChoice {...part} />}
        send={(input) => once((key) => admin.createEvent(input, key))}
        onSaved={({ id }) =>
          leaveFor({ path: `/admin/events/${id}`, text: ADMIN_TEXTS.lifecycle.created })
        }
      />
    </div>
  );
}

export function EditEventScreen({ id }: { id: string }) {
  useDocumentTitle(ADMIN_TEXTS.editEvent);
  const admin = useAdmin();
  const leaveFor = useLeaving();
  const { value, problem, refresh } = usePolled({
    of: 'event',
    key: id,
    load: () => admin.getEvent(id),
    pace: () => ({ everyMs: 60_000, momentsMs: [] }),
  });
  return (
    <div class="narrow">
      <p class="back">
        <a href={`/admin/events/${id}`}>{ADMIN_TEXTS.back.event}</a>
      </p>
      <Heading>{ADMIN_TEXTS.editEvent}</Heading>
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
      {value && !mayEdit(value, value.status) && <Empty text={ADMIN_TEXTS.notLocked} />}
      {value && mayEdit(value, value.status) && (
        <EventForm
          start={draftOf(value)}
          kept={{ name: `event ${id}`, base: draftOf(value) }}
          action={ADMIN_TEXTS.save}
          saved={value}
          version={value.version}
          send={(input, version) => admin.replaceEvent(id, input, version)}
          reload={() => admin.getEvent(id)}
          onSaved={() =>
            leaveFor({ path: `/admin/events/${id}`, text: ADMIN_TEXTS.done.eventSaved })
          }
        />
      )}
    </div>
  );
}
