/** What a draft is, and what comes next. Must not publish it. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { useLocation } from '../../page/location.tsx';
import { Button } from '../../ui/button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { PreviewLinkButton } from './preview-link.tsx';

export function DraftPanel({ event: { id } }: { event: AdminEvent }) {
  const { route } = useLocation();
  const texts = ADMIN_TEXTS.lifecycle.draft;
  return (
    <section class="notice draft-panel" aria-labelledby="draft-panel">
      <h2 id="draft-panel" class="notice-title">
        {texts.title}
      </h2>
      <p>{texts.body}</p>
      <div class="actions">
        <Button onPress={() => route(`/admin/events/${id}/publish`)}>{texts.check}</Button>
        <Button kind="quiet" onPress={() => route(`/admin/events/${id}/edit`)}>
          {ADMIN_TEXTS.edit}
        </Button>
        <PreviewLinkButton eventId={id} />
      </div>
    </section>
  );
}
