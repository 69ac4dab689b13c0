/**
 * Mistakes that the simulation must notice, each a change to the real text of the SQL or of the
 * object's code. A change that no longer fits its text is an error, never a pass.
 */

export interface Mutation {
  name: string;
  /** Each text must be there exactly once. */
  changes: { find: string; replace: string }[];
}

/** The text is the sources of all SQL functions, one after another. */
export interface SqlMutation extends Mutation {
  /** Statements that change the tables besides. */
  tables?: string;
}

/** By what a mistake was noticed. */
export interface Caught {
  seed: number;
  /** Of a drill, and not of a whole run. */
  isDrill?: boolean;
  check: string;
  /** Seeds that did not catch it. */
  playedBefore: number;
}

/** A mistake in one place. */
export function mistake(name: string, find: string, replace: string): Mutation {
  return { name, changes: [{ find, replace }] };
}

export function mutate(text: string, { name, changes }: Mutation): string {
  return changes.reduce((mutated, { find, replace }) => {
    const times = mutated.split(find).length - 1;
    if (times !== 1) throw new Error(`"${name}": ${JSON.stringify(find)} is there ${times} times`);
    return mutated.replace(find, () => replace);
  }, text);
}
