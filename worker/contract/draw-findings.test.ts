/** docs/fairness.md names what a checker may find by the codes that the checkers use. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DRAW_FINDINGS } from './draw-findings.ts';

it('has the codes of docs/fairness.md, each with its clause', () => {
  const text = readFileSync(new URL('../../docs/fairness.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| (\d) \| (`.+`) \|$/gm)].flatMap(([, clause, codes = '']) =>
    [...codes.matchAll(/`(\w+)`/g)].map(([, code]) => [code, Number(clause)]),
  );
  expect(rows).toEqual(Object.entries(DRAW_FINDINGS));
});
