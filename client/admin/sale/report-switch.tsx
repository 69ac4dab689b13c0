/** Whether everybody may read an event's report, and where they do. Must not show its figures. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { Check } from '../forms/check.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface ReportSwitchProps {
  readonly event: AdminEvent;
  onChanged(event: AdminEvent): void;
}

export function ReportSwitch({ event, onChanged }: ReportSwitchProps) {
  const { id, reportPublic } = event;
  const admin = useAdmin();
  const { isSending, problem, run } = useAction();
  return (
    <div class="report-switch">
      <Check
        label={ADMIN_TEXTS.reportPublic}
        hint={ADMIN_TEXTS.reportPublicHint}
        isOn={reportPublic}
        isBarred={isSending}
        onSwitch={(isOn) => run(() => admin.switchReport(id, isOn), onChanged)}
      />
      {problem && <ProblemNotice problem={problem} />}
      {reportPublic && <PublicAddress event={event} />}
    </div>
  );
}

/** Before anybody may read it, a link would lead nowhere. */
function PublicAddress({ event: { id, published, status } }: Pick<ReportSwitchProps, 'event'>) {
  const address = new URL(`/events/${id}/report`, location.href).href;
  if (!published) return <p>{ADMIN_TEXTS.reportOfDraft}</p>;
  if (status !== 'closed') return <p>{ADMIN_TEXTS.reportLater}</p>;
  return (
    <p>
      {ADMIN_TEXTS.reportAddress}{' '}
      <a class="report-address" href={address} target="_top">
        {address}
      </a>
    </p>
  );
}
