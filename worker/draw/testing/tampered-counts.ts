/** Draws whose counts over time are not those of the list; nothing else is changed. */
import type { DrawCounts } from '../../contract/draw.ts';
import { drandDraw } from './honest-draws.ts';
import { type DrawPlan, type PublishedDraw, publishDraw } from './publish-draw.ts';
import { type Change, type TamperedDraw, tampered, withValue } from './tampered-draw.ts';

export function tamperedCounts(): TamperedDraw[] {
  const drawn = publishDraw(drandDraw());
  const open = publishDraw({ ...drandDraw(), status: 'open' });
  return [
    ...tampered('counts', values(drawn)),
    ...tampered('counts', steps(drawn)),
    ...tampered('counts', records(drawn, open)),
    ...tampered('counts', forms(drawn)),
  ];
}

function countsIn({ draw }: PublishedDraw): DrawCounts {
  if (draw.counts === null) throw new Error('it has no counts');
  return draw.counts;
}

function withCounts(published: PublishedDraw, change: (counts: DrawCounts) => object) {
  return () => withValue(published, 'draw.counts', change(structuredClone(countsIn(published))));
}

function values(drawn: PublishedDraw): Change<PublishedDraw>[] {
  const { from } = countsIn(drawn);
  const by = (change: (counts: DrawCounts) => object) => withCounts(drawn, change);
  const later = new Date(Date.parse(from) + 1_000).toISOString();
  return [
    [
      'of another version',
      'version_unknown',
      by((counts) => ({ ...counts, version: 2 })),
      'draw.counts.version',
    ],
    [
      'begun later',
      'counts_wrong',
      by((counts) => ({ ...counts, from: later })),
      'draw.counts.from',
    ],
    [
      'of longer steps',
      'counts_wrong',
      by((counts) => ({ ...counts, stepSeconds: 5 })),
      'draw.counts.stepSeconds',
    ],
    [
      'of fewer, longer steps that are counted right',
      'counts_wrong',
      by((counts) => ({
        ...counts,
        stepSeconds: counts.stepSeconds * 60,
        entered: [sum(counts.entered)],
        left: [sum(counts.left)],
      })),
    ],
  ];
}

function steps(drawn: PublishedDraw): Change<PublishedDraw>[] {
  return (['entered', 'left'] as const).flatMap((kind): Change<PublishedDraw>[] => {
    const all = countsIn(drawn)[kind];
    const full = all.findIndex((count) => count > 0);
    const empty = all.indexOf(0);
    const moved = all.with(full, (all[full] ?? 0) - 1).with(empty, 1);
    const by = (list: number[]) => withCounts(drawn, (counts) => ({ ...counts, [kind]: list }));
    const changes: [string, number[]][] = [
      [`one more has ${kind}`, all.with(full, (all[full] ?? 0) + 1)],
      [`one fewer has ${kind}`, all.with(full, (all[full] ?? 0) - 1)],
      [`one has ${kind} in another step`, moved],
      [`a step of who ${kind} is missing`, all.slice(0, -1)],
      [`a step of who ${kind} is added`, [...all, 0]],
    ];
    return changes.map(([name, list]) => [name, 'counts_wrong', by(list), `draw.counts.${kind}[]`]);
  });
}

function records(drawn: PublishedDraw, open: PublishedDraw): Change<PublishedDraw>[] {
  const plan = drandDraw();
  const early: DrawPlan = { ...plan, records: plan.records.slice(0, -1), status: 'open' };
  const fewer = countsIn(publishDraw(early));
  return [
    [
      'of one record fewer',
      'counts_wrong',
      withCounts(drawn, ({ records: all, ...counts }) => ({ ...counts, records: all - 1 })),
      'draw.counts.records',
    ],
    ['that end before the lock', 'counts_wrong', withCounts(drawn, () => fewer)],
    [
      'of more records than an open draw has',
      'counts_wrong',
      withCounts(open, ({ records: all, ...counts }) => ({ ...counts, records: all + 1 })),
    ],
    [
      'of an open draw, a little behind and wrong',
      'counts_wrong',
      withCounts(open, () => ({ ...fewer, entered: fewer.entered.map((count) => count + 1) })),
    ],
  ];
}

function forms(drawn: PublishedDraw): Change<PublishedDraw>[] {
  const by = (change: (counts: DrawCounts) => object) => withCounts(drawn, change);
  const many = Array.from({ length: 61 }, () => 0);
  const empty = publishDraw({ ...drandDraw(), records: [], status: 'open' });
  const nobody = { number: null, start: null, head: null, records: 0, entries: 0 };
  const counts = countsIn(drawn);
  return [
    ['that are a text', 'draw_malformed', () => withValue(drawn, 'draw.counts', 'many')],
    ['of more steps than there may be', 'draw_malformed', by((all) => ({ ...all, left: many }))],
    ['of no number', 'draw_malformed', by((all) => ({ ...all, entered: ['1'] }))],
    ['without those who left', 'draw_malformed', by((all) => ({ ...all, left: undefined }))],
    [
      'where nobody entered',
      'draw_malformed',
      () => ({
        ...empty,
        draw: { ...empty.draw, ...nobody, statement: null, statements: [], counts },
      }),
    ],
  ];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
