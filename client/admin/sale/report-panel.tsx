/** Whether an event's report is public, and the way to it. Must not show its figures. */
import { useId } from 'preact/hooks';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { Check } from '../forms/check.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface ReportPanelProps {
  readonly event: AdminEvent;
  onChanged(event: AdminEvent): void;
}

export function ReportPanel({ event, onChanged }: ReportPanelProps) {
  const { id, reportPublic, published, status } = event;
  const admin = useAdmin();
  const { isSending, problem, run } = useAction();
  const titleId = useId();
  return (
    <section class="panel" aria-labelledby={titleId}>
      <h2 id={titleId}>{ADMIN_TEXTS.report}</h2>
      <Check
        label={ADMIN_TEXTS.reportPublic}
        hint={ADMIN_TEXTS.reportPublicHint}
        isOn={reportPublic}
        isBarred={isSending}
        onSwitch={(isOn) => run(() => admin.switchReport(id, isOn), onChanged)}
      />
      {problem && <ProblemNotice problem={problem} />}
      {reportPublic && published && status === 'closed' && (
        <p>
          <a href={`/events/${id}/report`} target="_top">
            {ADMIN_TEXTS.reportLink}
          </a>
        </p>
      )}
    </section>
  );
}
