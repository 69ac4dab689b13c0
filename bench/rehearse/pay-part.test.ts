/** Proves that the parts of a paid sale are dealt out evenly. */
import { expect, test } from 'vitest';
import { countMaybeBuyers, dealPayParts } from './pay-part.ts';
import type { Role } from './roles.ts';

const role = (ending: Role['ending']): Role => ({
  ending,
  doubleClicks: false,
  earlyMs: 0,
  thinkMs: 0,
});

test('each ending has its parts in turn, whoever stands between', () => {
  const roles = (['keep', 'leave', 'keep', 'cancel', 'leave', 'keep', 'leave'] as const).map(role);
  const parts = dealPayParts(roles);
  expect(parts).toEqual(['pay', 'late', 'decline', 'race', 'abandon', 'no_return', 'very_late']);
});

test('only those whose money may come in time can be left with a unit that they did not want', () => {
  expect(countMaybeBuyers(['pay', 'late', 'abandon', 'very_late', 'race', 'cancel'])).toBe(3);
});
