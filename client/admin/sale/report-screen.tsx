/** `/admin/events/:id/report`: the report of a sale for admins, public or not, over or not. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { Report } from '../../../worker/contract/report.ts';
import type { Result } from '../../api/call-problem.ts';
import { isolated } from '../../format/direction.ts';
import { ReportView } from '../../report/report-view.tsx';
import { usePolled } from '../../shop/use-polled.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Heading } from '../../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { ExportButton } from '../orders/export-button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { ReportSwitch } from './report-switch.tsx';

/** As old as the figures of a sale that is under way may be, and those of one that is over. */
const LASTING_EVERY_MS = 10_000;
const FINAL_EVERY_MS = 10 * 60_000;

interface ShownReport {
  readonly event: AdminEvent;
  readonly report: Report;
}

export function ReportScreen({ id }: { id: string }) {
  const admin = useAdmin();
  const { value, problem, refresh, patch } = usePolled<ShownReport>({
    of: 'report',
    key: id,
    load: () => loadReport(admin, id),
    pace: (shown) => ({
      everyMs: shown?.report.isFinal ? FINAL_EVERY_MS : LASTING_EVERY_MS,
      momentsMs: [],
    }),
  });
  const words = ADMIN_TEXTS.reportWords;
  const title = value ? words.title(isolated(value.event.title)) : ADMIN_TEXTS.report;
  const isMissing = !value && (problem?.code === 'not_found' || problem?.code === 'malformed');
  useDocumentTitle(title);
  return (
    <article class="sale-report">
      <p class="back">
        <a href={`/admin/events/${id}`}>{ADMIN_TEXTS.back.event}</a>
      </p>
      <Heading>{title}</Heading>
      {value && problem && <OutOfDate problem={problem} />}
      {value && (
        <>
          <section class="panel" aria-label={ADMIN_TEXTS.report}>
            <ReportSwitch
              event={value.event}
              onChanged={(event) => patch((shown) => ({ ...shown, event }))}
            />
          </section>
          <ReportView report={value.report} words={words} />
          <Files report={value.report} />
        </>
      )}
      {isMissing && <Empty text={TEXTS.notFoundBody} />}
      {!value && problem && !isMissing && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
    </article>
  );
}

function Files({ report }: { report: Report }) {
  const admin = useAdmin();
  const { files } = ADMIN_TEXTS.reportWords;
  const { id } = report;
  const asJson = async (): Promise<Result<Blob>> => ({
    ok: true,
    value: new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }),
  });
  return (
    <section class="report-section" aria-labelledby="report-files">
      <h2 id="report-files">{files.title}</h2>
      <div class="actions">
        <ExportButton
          action={files.csv}
          name={() => `report-${id}.csv`}
          load={() => admin.exportReport(id)}
        />
        <ExportButton action={files.json} name={() => `report-${id}.json`} load={asJson} />
      </div>
    </section>
  );
}

async function loadReport(admin: AdminApi, id: string): Promise<Result<ShownReport>> {
  const [event, report] = await Promise.all([admin.getEvent(id), admin.readReport(id)]);
  if (!event.ok) return event;
  if (!report.ok) return report;
  return { ok: true, value: { event: event.value, report: report.value } };
}
