/** The report of a sale as it is read: drawn by the Worker, and by the console. Must not ask for anything. */
import type { Report } from '../../worker/contract/report.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { number } from '../texts/numbers.ts';
import { CountsTable, PartsBar } from './report-bars.tsx';
import { ItemsTable } from './report-items.tsx';
import { partsOf, ReportPart, type ReportViewProps } from './report-part.tsx';
import { QueueParts } from './report-queue.tsx';
import { durationText, type ReportWords, reasonText } from './report-words.ts';

export function ReportView({ report, words }: ReportViewProps) {
  const { holds, refusals, items } = report;
  const holdParts = partsOf(holds, words.holds, ['confirmed', 'expired', 'cancelled', 'lasting']);
  const refused = refusals.byReason.map(({ code, count }) => ({
    label: reasonText(code, words),
    count,
  }));
  return (
    <>
      <Facts report={report} words={words} />
      <UnitsPart report={report} words={words} />
      <ReportPart title={words.sellOut.title} from="sellOut" words={words}>
        <SoldOut report={report} words={words} />
      </ReportPart>
      <CameBack report={report} words={words} />
      <ReportPart title={words.holds.title} from="holds" words={words}>
        <CountsTable
          caption={words.holds.title}
          parts={[{ label: words.holds.made, count: holds.made }, ...holdParts]}
          of={holds.made}
          marks="bars"
          words={words}
        />
      </ReportPart>
      <ReportPart title={words.refusals.title} from="refusals" words={words}>
        {refused.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <CountsTable caption={words.refusals.title} parts={refused} marks="bars" words={words} />
        )}
      </ReportPart>
      <QueueParts report={report} words={words} />
      {items.length > 1 && <ItemsTable report={report} words={words} />}
    </>
  );
}

function Facts({ report, words }: ReportViewProps) {
  const { locale, timeZone } = useShop();
  const at = (instant: string) => formatInstant(instant, { locale, timeZone });
  const { opensAt, closesAt, cancelledAt, countedAt, isFinal } = report;
  const when = Date.parse(closesAt) > Date.parse(countedAt) ? words.whenOpen : words.when;
  return (
    <>
      <p class="report-lead">{summaryOf(report, words)}</p>
      <p>
        {when(at(opensAt), at(closesAt))} {words.counted(at(countedAt))}
      </p>
      {cancelledAt !== null && <p class="notice">{words.cancelled(at(cancelledAt))}</p>}
      {!isFinal && <p class="notice">{words.lasting}</p>}
    </>
  );
}

/** In one or two sentences, as previews show it too. */
export function summaryOf({ units, sellOut }: Report, words: ReportWords): string {
  const { soldAtOnce, soldAfterComingBack, total } = units;
  const sold = words.summary(number(soldAtOnce + soldAfterComingBack), number(total));
  if (sellOut.soldOutAfterMs === null) return sold;
  return `${sold} ${words.summarySoldOut(durationText(sellOut.soldOutAfterMs, words))}`;
}

function UnitsPart({ report: { units }, words }: ReportViewProps) {
  const names = [
    'soldAtOnce',
    'soldAfterComingBack',
    'held',
    'cameBackUnsold',
    'neverHeld',
  ] as const;
  const parts = partsOf(units, words.units, names);
  return (
    <ReportPart title={words.units.title} from="units" words={words}>
      <PartsBar parts={parts} label={words.units.chart} />
      <CountsTable
        caption={words.units.title}
        parts={parts}
        of={units.total}
        marks="colours"
        words={words}
      />
    </ReportPart>
  );
}

function SoldOut({ report: { sellOut }, words }: ReportViewProps) {
  const { locale, timeZone } = useShop();
  const { soldOutAt, soldOutAfterMs } = sellOut;
  if (soldOutAt === null || soldOutAfterMs === null) return <p>{words.sellOut.never}</p>;
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...(timeZone && { timeZone }),
  }).format(new Date(soldOutAt));
  return <p>{words.sellOut.after(durationText(soldOutAfterMs, words), time)}</p>;
}

function CameBack({ report: { cameBack }, words }: ReportViewProps) {
  const from = partsOf(cameBack, words.cameBack, ['expired', 'cancelled', 'givenBack']);
  const to = partsOf(cameBack, words.cameBack, ['toQueue', 'toOthers', 'left']);
  const all = from.reduce((sum, { count }) => sum + count, 0);
  const charts = [
    { parts: from, label: words.cameBack.chartFrom },
    { parts: to, label: words.cameBack.chartTo },
  ];
  return (
    <ReportPart title={words.cameBack.title} from="cameBack" words={words}>
      {all === 0 && <p>{words.none}</p>}
      {all > 0 &&
        charts.map(({ parts, label }) => (
          <div key={label('')}>
            <PartsBar parts={parts} label={label} />
            <CountsTable caption={label('')} parts={parts} of={all} marks="colours" words={words} />
          </div>
        ))}
    </ReportPart>
  );
}
