/** `/admin/events/new` and `/admin/events/:id/edit`: an event's plan, while it can be changed. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useDocumentTitle } from '../../hooks/use-page.ts';
import { usePolled } from '../../hooks/use-polled.ts';
import { Heading } from '../../parts/heading.tsx';
import { Empty, Failed, Loading } from '../../parts/page-state.tsx';
import { useShop } from '../../shop.ts';
import { useAdmin } from '../admin-context.ts';
import { EventForm } from '../parts/event-form.tsx';
import { draftOf, newDraft } from '../state/event-draft.ts';
import { ADMIN_TEXTS } from '../texts.ts';
import { useCreationKey } from '../use-creation-key.ts';

export function NewEventScreen() {
  useDocumentTitle(ADMIN_TEXTS.newEvent);
  const { clock } = useShop();
  const admin = useAdmin();
  const once = useCreationKey();
  const { route } = useLocation();
  const [start] = useState(() =>
    newDraft(clock.nowMs(), Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
  return (
    <div class="narrow">
      <p class="back">
        <a href="/admin/events">{ADMIN_TEXTS.back.events}</a>
      </p>
      <Heading>{ADMIN_TEXTS.newEvent}</Heading>
      <EventForm
        start={start}
        kept={{ name: 'new event', base: null }}
        action={ADMIN_TEXTS.create}
        send={(input) => once((key) => admin.createEvent(input, key))}
        onSaved={({ id }) => route(`/admin/events/${id}`)}
      />
    </div>
  );
}

export function EditEventScreen({ id }: { id: string }) {
  useDocumentTitle(ADMIN_TEXTS.editEvent);
  const admin = useAdmin();
  const { route } = useLocation();
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
      {value && value.status !== 'locked' && <Empty text={ADMIN_TEXTS.notLocked} />}
      {value?.status === 'locked' && (
        <EventForm
          start={draftOf(value)}
          kept={{ name: `event ${id}`, base: draftOf(value) }}
          action={ADMIN_TEXTS.save}
          version={value.version}
          send={(input, version) => admin.replaceEvent(id, input, version)}
          reload={() => admin.getEvent(id)}
          onSaved={() => route(`/admin/events/${id}`)}
        />
      )}
    </div>
  );
}
