/** `/admin/events/:id`: the screen from which an event's sale is watched and run. */
import type { AdminEvent, EventDashboard } from '../../../worker/contract/administration.ts';
import type { Result } from '../../api/call-problem.ts';
import { paceOf } from '../../sale/sale.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { TEXTS } from '../../texts/texts.ts';
import type { Pace } from '../../time/polling.ts';
import { Heading } from '../../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { PaymentAttention } from '../outbox/payment-attention.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { isCancelling } from './cancel-progress.tsx';
import { CommitPanel } from './commit-panel.tsx';
import { EventControls } from './event-controls.tsx';
import { EventFigures } from './event-figures.tsx';
import { QueuePanel } from './queue-panel.tsx';
import { Refusals } from './refusals.tsx';
import { ReportPanel } from './report-panel.tsx';
import { SellThroughChart } from './sell-through-chart.tsx';
import { UnitsTable } from './units-table.tsx';

interface SaleView {
  readonly event: AdminEvent;
  readonly figures: EventDashboard;
}

const LIVE_EVERY_MS = 1_500;
/** While people enter a draw. */
const FILLING_EVERY_MS = 5_000;

export function SaleScreen({ id }: { id: string }) {
  const admin = useAdmin();
  const { value, problem, refresh, patch } = usePolled<SaleView>({
    of: 'sale',
    key: id,
    load: () => loadRoom(admin, id),
    pace: (sale, nowMs) => salePace(sale, nowMs),
  });
  const isMissing = !value && (problem?.code === 'not_found' || problem?.code === 'malformed');
  const title = value?.event.title ?? (isMissing ? TEXTS.notFoundTitle : TEXTS.eventTitle);
  useDocumentTitle(title);
  // Of a cancelled one all units are back: only their course says something of its sale.
  const isKept = value?.event.cancelledAt === null;

  function onChanged(event: AdminEvent) {
    patch((sale) => ({ ...sale, event }));
    refresh();
  }
  return (
    <article>
      <p class="back">
        <a href="/admin/events">{ADMIN_TEXTS.back.events}</a>
      </p>
      <Heading>{title}</Heading>
      {value && problem && <OutOfDate problem={problem} />}
      {value && (
        <>
          {value.event.payment === 'online' && <PaymentAttention eventId={id} />}
          <EventControls event={value.event} onChanged={onChanged} onStale={refresh} />
          <EventFigures figures={value.figures} cancellation={value.event.cancellation} />
          <div class="panels">
            {isOnSale(value.event) && <CommitPanel eventId={id} />}
            <SellThroughChart
              series={value.figures.sellThrough}
              currency={value.figures.currency}
              hasOpened={value.figures.status !== 'locked'}
            />
            <QueuePanel event={value.event} />
            {isKept && <UnitsTable event={value.event} onChanged={onChanged} onStale={refresh} />}
            <Refusals refusals={value.figures.refusals} />
            <ReportPanel event={value.event} onChanged={onChanged} />
          </div>
        </>
      )}
      {isMissing && <Empty text={TEXTS.notFoundBody} />}
      {!value && problem && !isMissing && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
    </article>
  );
}

async function loadRoom(admin: AdminApi, id: string): Promise<Result<SaleView>> {
  const [event, figures] = await Promise.all([admin.getEvent(id), admin.dashboard(id)]);
  if (!event.ok) return event;
  if (!figures.ok) return figures;
  return { ok: true, value: { event: event.value, figures: figures.value } };
}

/** As the shop's own pages, but closer while something happens. */
function salePace(sale: SaleView | null, nowMs: number): Pace {
  const pace = paceOf(sale ? [sale.event] : [], nowMs);
  const cancellation = sale?.event.cancellation;
  if (cancellation && isCancelling(cancellation)) return { ...pace, everyMs: LIVE_EVERY_MS };
  if (sale && isOnSale(sale.event)) return { ...pace, everyMs: LIVE_EVERY_MS };
  const isFilling = sale?.event.admission === 'draw' && sale.event.status === 'locked';
  return isFilling ? { ...pace, everyMs: FILLING_EVERY_MS } : pace;
}

function isOnSale({ status }: AdminEvent): boolean {
  return status === 'live' || status === 'sold_out';
}
