/** Versions in answers to an admin's forms: the tag of what they show, and what changed since. */
import { HttpProblem } from '../../http/problem.ts';
import type { PresentState } from '../../stores/postgres/versions.ts';

export function tagOf(version: string): Record<string, string> {
  return { ETag: `"${version}"` };
}

/**
 * @param sent what was to be written; of what is there only the fields that differ from it are answered.
 *   All of them where nothing was sent.
 */
export function changedMeanwhile(
  state: PresentState | undefined,
  sent?: Record<string, unknown>,
): HttpProblem {
  if (state === undefined) return new HttpProblem('not_found');
  const { fields, version, changedBy } = state;
  const current = Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => sent === undefined || (name in sent && !isSame(value, sent[name])),
    ),
  );
  const headers = tagOf(version);
  return new HttpProblem('precondition_failed', { headers, extra: { current, changedBy } });
}

/** Whether two values of JSON are the same, in whichever order their members are. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, member]) => [name, ordered(member)]);
}
