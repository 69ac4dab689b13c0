/** The verdict as text for a person. Must not judge or write anything anywhere. */
import type { Spread } from './statistics.ts';
import type { Verdict } from './verdict.ts';

export function reportLines(verdict: Verdict): string[] {
  const { sold, stock, couldBeSold, shoppers } = verdict;
  const headline = verdict.ok
    ? `RIGHT  ${sold} of ${stock} units sold to ${shoppers} shoppers; none twice, none lost.`
    : `WRONG  ${sold} of ${stock} units sold to ${shoppers} shoppers.`;
  return [
    '',
    headline,
    ...verdict.findings.map((finding) => `  ! ${finding}`),
    '',
    row(
      'units',
      `${sold} sold (could be: ${couldBeSold}), ${verdict.held} held, ${verdict.free} free`,
    ),
    row(
      'promises',
      `oversold ${verdict.oversold}, lost ${verdict.lost} of ${verdict.toldConfirmed} confirmed`,
    ),
    ...variantRows(verdict),
    ...queueRows(verdict),
    ...moneyRows(verdict),
    row('recount', verdict.integrityOk ? 'counters = orders, the law holds' : 'does not add up'),
    row('refused', list(verdict.refused)),
    row('retries', list(verdict.retries)),
    row('gave up', list(verdict.gaveUp)),
    row('purchases', `${verdict.purchaseRequests} requests, ${rates(verdict)}`),
    row('latency', spreadText(verdict.latencyMs)),
    row('queued here', `${spreadText(verdict.queuedMs)}, for a free connection before that`),
    row('first hold', after(verdict.firstHoldMs)),
    row('all held', after(verdict.allHeldMs)),
    row('event', verdict.eventId),
    row('seed', `${verdict.seed} (--seed ${verdict.seed} draws the same roles again)`),
    '',
  ];
}

function variantRows({ variants, overLimit }: Verdict): string[] {
  if (variants.length === 0) return [];
  const sold = variants.map((one) => `${one.label}: ${one.sold} of ${one.stock} sold`);
  return [
    row('variants', sold.join(', ')),
    row('customers', `${overLimit} with more of an item than its limit`),
  ];
}

function queueRows({ queue }: Verdict): string[] {
  if (queue === null) return [];
  const { entries, offers, smaller, lapsed, left, waiting } = queue;
  return [
    row(
      'queue',
      `${entries} entries: ${offers} offered, ${smaller} of them less than the wish, ${lapsed} run out; ` +
        `${left} left, ${waiting} wait`,
    ),
    row('half offered', after(queue.halfOfferedMs)),
    row('all offered', after(queue.allOfferedMs)),
  ];
}

function moneyRows({ money, paying, paidToConfirmedMs }: Verdict): string[] {
  if (money === null || paidToConfirmedMs === null) return [];
  const { pages, tried, charged, refunded, cancelled, keptCents } = money;
  return [
    row(
      'money',
      `${keptCents} cents of ${charged} orders; ${pages} pages, ${tried} tried, ${cancelled} given back ` +
        `before and ${refunded} after they were taken`,
    ),
    row('paying', list(paying)),
    row('confirmed', `${spreadText(paidToConfirmedMs)}, from the page's yes to the shop's`),
  ];
}

const LABEL_CHARS = 13;

function row(label: string, text: string): string {
  return `  ${label.padEnd(LABEL_CHARS)}${text}`;
}

function list(counts: Record<string, number>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function rates({ requestsPerSecond, requestsPerSecondPeak }: Verdict): string {
  return `${requestsPerSecond}/s in the rush, ${requestsPerSecondPeak} in the busiest second`;
}

function spreadText({ p50, p95, p99, max }: Spread): string {
  return `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, longest ${max} ms`;
}

function after(ms: number | null): string {
  return ms === null ? 'never' : `${ms} ms after the opening`;
}
