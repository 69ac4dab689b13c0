import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AUDIT_ACTIONS } from './audit-actions.ts';

const STORES = new URL('../stores/', import.meta.url);

/** Each action that a store writes into the audit log as an entry, or by SQL of its own. */
function actionsInStores(): string[] {
  const files = readdirSync(STORES, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  );
  return files.flatMap((path) => {
    const text = readFileSync(new URL(path, STORES), 'utf8');
    const entries = [...text.matchAll(/action: '([a-z]+\.[a-z_]+)'/g)];
    const written = [...text.matchAll(/SELECT \$\{\w+\}, '([a-z]+\.[a-z_]+)',/g)];
    return [...entries, ...written].map(([, action = '']) => action);
  });
}

it('each action that is written into the audit log is in the list for which there are words', () => {
  const known: readonly string[] = AUDIT_ACTIONS;
  const written = actionsInStores();
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter((action) => !known.includes(action))).toEqual([]);
});
