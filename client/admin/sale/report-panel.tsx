/** Whether an event's report is public, and the way to it. Must not show its figures. */
import { useId } from 'preact/hooks';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { ReportSwitch, type ReportSwitchProps } from './report-switch.tsx';

export function ReportPanel(props: ReportSwitchProps) {
  const titleId = useId();
  return (
    <section class="panel" aria-labelledby={titleId}>
      <h2 id={titleId}>{ADMIN_TEXTS.report}</h2>
      <ReportSwitch {...props} />
      <p>
        <a href={`/admin/events/${props.event.id}/report`}>{ADMIN_TEXTS.reportLink}</a>
      </p>
    </section>
  );
}
