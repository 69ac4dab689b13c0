/**
 * The commit metrics of an open sale, as its object knows them now. Asks by itself, since the screen
 * must not miss its other figures where the object is too busy to answer.
 */
import { useId } from 'preact/hooks';
import type { EventLine } from '../../../worker/contract/commit-metrics.ts';
import { formatTimeOfDay } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { useAdmin } from '../api/admin-context.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { BARS, type CommitView, commitView } from './commit-view.ts';

const EVERY_MS = 1_500;
const HEIGHT = 20;

export function CommitPanel({ eventId }: { eventId: string }) {
  const admin = useAdmin();
  const id = useId();
  const { value, problem } = usePolled<EventLine>({
    of: 'line',
    key: eventId,
    load: () => admin.line(eventId),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  const { title, away } = ADMIN_TEXTS.commits;
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {problem && <p class="small-print">{away}</p>}
      {value && <CommitFigures line={value} />}
    </section>
  );
}

function CommitFigures({ line }: { line: EventLine }) {
  const { locale } = useShop();
  const { number, commits: names } = ADMIN_TEXTS;
  const view = commitView(line);
  const cells = [
    [names.attempts, number(view.attemptsPerSecond)],
    [names.waiting, number(view.waiting)],
    [names.longestWait, names.milliseconds(view.longestWaitMs)],
    [names.groups, number(view.groupsPerSecond)],
    [names.groupSize, number(view.attemptsPerGroup)],
    [names.total, number(line.attempts)],
  ];
  return (
    <>
      <dl class="figures">
        {cells.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="queue-chart">
        <p>{names.most(view.attemptsMax)}</p>
        <Bars view={view} />
        <p>
          <span>{names.minuteAgo}</span>
          <span>{names.now}</span>
        </p>
      </div>
      <p class="small-print">{names.explained}</p>
      <p class="small-print">{names.since(formatTimeOfDay(Date.parse(line.since), { locale }))}</p>
    </>
  );
}

function Bars({ view: { bars, attemptsMax } }: { view: CommitView }) {
  return (
    <svg
      class="queue-bars"
      viewBox={`0 0 ${BARS} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={ADMIN_TEXTS.commits.chartLabel(attemptsMax)}
    >
      <path class="queue-bars-all" d={barsPath(bars.map(({ attempts }) => attempts))} />
      <path class="queue-bars-reserved" d={barsPath(bars.map(({ reserved }) => reserved))} />
    </svg>
  );
}

/** One after the other from the left; those of no height are left out. */
function barsPath(heights: readonly number[]): string {
  return heights
    .map((height, n) => {
      const y = Math.round(HEIGHT * (1 - height) * 100) / 100;
      return height > 0 ? `M${n + 0.1} ${HEIGHT}V${y}H${n + 0.9}V${HEIGHT}Z` : '';
    })
    .join('');
}
