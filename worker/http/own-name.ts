/** Keeps customers from names that others would take for the shop's own people. */
import { pretendsToBeStaff } from '../contract/staff-names.ts';
import { HttpProblem } from './problem.ts';

/** @throws HttpProblem for a name that pretends. */
export function assertOwnName(displayName: string): void {
  if (!pretendsToBeStaff(displayName)) return;
  const message = 'must not look like a name of the shop’s own people';
  throw new HttpProblem('name_reserved', { errors: [{ path: 'displayName', message }] });
}
