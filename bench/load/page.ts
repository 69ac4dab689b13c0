/** The report as one page that needs nothing else, for any browser. Must not judge. */
import type { Verdict } from '../rehearse/verdict.ts';
import type { Judgement } from './judgement.ts';
import type { LoadOptions } from './options.ts';
import { type Bar, barPlot, escapeText, linePlot } from './plot.ts';
import type { Recorder, Step } from './recorder.ts';
import { stepRows } from './summary.ts';
import { timelineOf } from './timeline.ts';

export interface Report {
  options: LoadOptions;
  verdict: Verdict;
  recorder: Recorder;
  judgement: Judgement;
  /** When it was played, in ms since the epoch. */
  atMs: number;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #767b84; --back: #fff; --line: #e3e5e8;
  --s0: #2563c9; --s1: #c2410c; --s2: #15803d; --s3: #7c3aed;
  --s4: #0e7490; --s5: #a16207; --s6: #be185d; --bad: #c81e1e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #9aa0a8; --back: #16181c;
  --line: #33373d; --s0: #6ea8fe; --s1: #fb923c; --s2: #4ade80; --s3: #b794f6;
  --s4: #22d3ee; --s5: #facc15; --s6: #f472b6; --bad: #f87171; } }
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; background: var(--back);
  color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h1 .bad { color: var(--bad); }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem .5rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; } th:first-child, td:first-child { text-align: left; }
td.bad { color: var(--bad); font-weight: 600; }
svg { width: 100%; height: auto; margin: 1rem 0; }
.title { font: 600 14px system-ui, sans-serif; fill: var(--ink); }
.label { font: 11px system-ui, sans-serif; fill: var(--soft); }
.grid { stroke: var(--line); } .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.s0 { stroke: var(--s0); } .line.s1 { stroke: var(--s1); } .line.s2 { stroke: var(--s2); }
.line.s3 { stroke: var(--s3); } .line.s4 { stroke: var(--s4); } .line.s5 { stroke: var(--s5); }
.line.s6 { stroke: var(--s6); } .fill.s0 { fill: var(--s0); } .fill.s1 { fill: var(--s1); }
.fill.s2 { fill: var(--s2); } .fill.s3 { fill: var(--s3); } .fill.s4 { fill: var(--s4); }
.fill.s5 { fill: var(--s5); } .fill.s6 { fill: var(--s6); } .fill.bad { fill: var(--bad); }
`;

export function reportPage({ options, verdict, recorder, judgement, atMs }: Report): string {
  const { sale } = options;
  const { rates, latencies, momentMs } = timelineOf(recorder.entries, {
    steps: Object.keys(judgement.steps) as Step[],
    opensAtMs: recorder.opensAtMs ?? atMs,
  });
  const word = judgement.ok ? 'Held' : '<span class="bad">Did not hold</span>';
  const rows = stepRows(judgement);
  const [headings = [], ...figures] = rows;
  const moment = `in moments of ${momentMs} ms; 0 is the opening`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Load test of ${escapeText(sale.url)}</title>
<style>${STYLE}</style>
<h1>${word}: ${verdict.sold} of ${verdict.stock} units sold to ${verdict.shoppers} shoppers</h1>
<p>${escapeText(sale.url)}, ${new Date(atMs).toISOString()}, seed ${verdict.seed}, at most
${sale.connections} connections at once.</p>
${verdict.findings.map((finding) => `<p>${escapeText(finding)}</p>`).join('\n')}
${table(['what has to hold', 'is', ''], judgement.checks.map(checkRow))}
${linePlot({ title: `Requests answered a second, ${moment}`, xUnit: 's', series: rates })}
${linePlot({ title: `Purchases took ms, ${moment}`, xUnit: 's', series: latencies })}
${barPlot('What the requests were answered', outcomeBars(judgement))}
${table(headings, figures)}
</html>
`;
}

function checkRow({ what, reach, isMet }: Judgement['checks'][number]): string[] {
  return [what, reach, isMet ? 'yes' : 'NO'];
}

function outcomeBars({ steps }: Judgement): Bar[] {
  return Object.entries(steps).flatMap(([step, { outcomes }]) =>
    Object.entries(outcomes)
      .toSorted(([, a], [, b]) => b - a)
      .map(([outcome, value]) => ({
        name: `${step}: ${outcome}`,
        value,
        isError: /^(5|timeout|network|away)/.test(outcome),
      })),
  );
}

function table(headings: string[], rows: string[][]): string {
  const head = headings.map((heading) => `<th>${escapeText(heading)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = row.map((cell) => {
      const bad = cell === 'NO' ? ' class="bad"' : '';
      return `<td${bad}>${escapeText(cell)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><tr>${head}</tr>\n${body.join('\n')}</table>`;
}
