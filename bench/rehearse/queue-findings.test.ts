/** Proves that each law of the queue is recounted, and that nothing is found where they hold. */
import { expect, test } from 'vitest';
import type { OrderId, QueueEntryId } from '../../worker/contract/ids.ts';
import { type QueueEvidence, queueFigures, queueFindings } from './queue-findings.ts';
import type { QueueRow } from './shop-client.ts';

const OPENS_MS = Date.UTC(2030, 0, 1);
const at = (ms: number): string => new Date(OPENS_MS + ms).toISOString();
const entry = (n: number) => `ent_${n}` as QueueEntryId;
const order = (n: number) => `ord_${n}` as OrderId;

function waiting(rank: number, fields: Partial<QueueRow> = {}): QueueRow {
  return {
    id: entry(rank),
    quantity: 2,
    minQuantity: 1,
    status: 'waiting',
    reason: null,
    rank,
    enteredAt: at(-1_000),
    endedAt: null,
    order: null,
    ...fields,
  };
}

function offered(rank: number, units: number, fields: Partial<QueueRow> = {}): QueueRow {
  const offer = { id: order(rank), status: 'confirmed' as const, quantity: units };
  return waiting(rank, { status: 'offered', endedAt: at(rank), order: offer, ...fields });
}

/** The first two had offers, the second of less than the wish; the third waits for two. */
function found(change: (evidence: QueueEvidence & { rows: QueueRow[] }) => void = () => {}) {
  const rows = [offered(1, 2), offered(2, 1), waiting(3, { minQuantity: 2 })];
  const told = new Map([
    [
      entry(1),
      { id: entry(1), status: 'offered' as const, outlook: 'unknown' as const, orderId: order(1) },
    ],
  ]);
  const evidence = { rows, told, bought: [], remaining: 1, opensAtMs: OPENS_MS };
  change(evidence);
  return evidence;
}

test('nothing is found where the laws hold', () => {
  expect(queueFindings(found())).toEqual([]);
});

test('the figures tell what became of the entries', () => {
  expect(queueFigures(found())).toEqual({
    entries: 3,
    offers: 2,
    smaller: 1,
    lapsed: 0,
    left: 0,
    waiting: 1,
    halfOfferedMs: 2,
    allOfferedMs: 2,
  });
});

test.each<[string, (evidence: QueueEvidence & { rows: QueueRow[] }) => void]>([
  ['1 offers passed somebody', ({ rows }) => rows.splice(0, 1, waiting(1))],
  ['1 offers passed somebody', ({ rows }) => rows.splice(0, 1, offered(1, 2, { endedAt: at(5) }))],
  [
    '1 units went to somebody who did not wait',
    (all) => {
      all.bought = [{ atMs: OPENS_MS + 3, units: 2 }];
    },
  ],
  [
    '2 offers were made before the opening',
    (all) => {
      all.opensAtMs += 1_000;
    },
  ],
  ['1 offers were not of a size', ({ rows }) => rows.splice(0, 1, offered(1, 3))],
  [
    '1 entries and their offers do not agree',
    ({ rows }) => rows.splice(0, 1, offered(1, 2, { status: 'left' })),
  ],
  [
    '1 offers belong to two entries',
    ({ rows }) => rows.splice(1, 1, { ...offered(1, 1), id: entry(2), rank: 2 }),
  ],
  [
    '1 entries wait while 2 units are free',
    (all) => {
      all.remaining = 2;
    },
  ],
  [
    '1 entries share a rank',
    ({ rows }) => rows.splice(2, 1, waiting(2, { id: entry(3), minQuantity: 2 })),
  ],
  [
    '1 entries were offered a unit without a rank',
    ({ rows }) => rows.splice(0, 1, offered(1, 2, { rank: null })),
  ],
  ['1 entries are lost', ({ rows }) => rows.splice(0, 1)],
  [
    '1 entries are not what their customers were told',
    ({ rows }) => rows.splice(0, 1, waiting(1, { status: 'left', endedAt: at(0) })),
  ],
  [
    '1 entries were skipped',
    ({ rows }) => rows.splice(2, 1, waiting(3, { status: 'skipped', reason: 'limit_reached' })),
  ],
])('%s', (finding, change) => {
  expect(queueFindings(found(change)).join('\n')).toContain(finding);
});

test('whoever came later, had left, or needs more than there was, was not passed', () => {
  const { rows } = found();
  for (const fields of [
    { enteredAt: at(2) },
    { status: 'left' as const, endedAt: at(1) },
    { minQuantity: 2 },
  ]) {
    const evidence = found();
    const before = [waiting(1, { id: entry(9), rank: 1, ...fields }), rows[1]].flatMap(
      (row) => row ?? [],
    );
    expect(queueFindings({ ...evidence, rows: before, told: new Map(), remaining: 0 })).toEqual([]);
  }
});
