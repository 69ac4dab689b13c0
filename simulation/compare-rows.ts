/** Compares what two ledgers have committed. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Snapshot } from './ledger.ts';

const PARTS = ['items', 'orders', 'queue', 'outbox', 'payments', 'refunds'] as const;

/** @returns the first part and row that differ, as text; undefined where none does. */
export function firstDifference(rows: Snapshot, expected: Snapshot): string | undefined {
  for (const part of PARTS) {
    const [one, other] = [listOf(rows, part), listOf(expected, part)];
    const names = new Set([...one.keys(), ...other.keys()]);
    for (const name of names) {
      if (isDeepStrictEqual(one.get(name), other.get(name))) continue;
      return `${part}: ${JSON.stringify(one.get(name))}, expected ${JSON.stringify(other.get(name))}`;
    }
  }
  return undefined;
}

function listOf(snapshot: Snapshot, part: (typeof PARTS)[number]): Map<string, unknown> {
  if (part === 'orders' || part === 'payments' || part === 'refunds') return snapshot[part];
  if (part === 'outbox') return new Map(snapshot.outbox.map((row) => [row.key, row]));
  if (part === 'items') return new Map(snapshot.items.map((row) => [row.id, row]));
  const { entries, ...others } = snapshot.queue;
  return new Map<string, unknown>([...entries, ...Object.entries(others)]);
}
