/**
 * The SQL functions of the shop: reads their sources, and finds how those differ from the functions
 * that a database has. Writes no file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { messageOf, UserError } from './user-error.ts';

/** One file for each function, named after it. */
export const FUNCTIONS_FOLDER = fileURLToPath(
  new URL('../worker/sale/ledger/sql', import.meta.url),
);
const EXTENSION = '.sql';

export interface FunctionSource {
  name: string;
  /** `CREATE OR REPLACE FUNCTION`, with the comments above it. */
  text: string;
}

export interface FunctionDifferences {
  /** Sources of functions that the database lacks or has otherwise, in the order to make them in. */
  changed: FunctionSource[];
  /** Functions of the database that have no source. */
  withoutSource: string[];
}

/** @returns each function behind those that it calls, as Postgres wants them made. */
export function readFunctionSources(folder = FUNCTIONS_FOLDER): FunctionSource[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(EXTENSION));
  const left = files.toSorted().map((file) => ({
    name: file.slice(0, -EXTENSION.length),
    text: readFileSync(join(folder, file), 'utf8').trimEnd(),
  }));
  const sources: FunctionSource[] = [];
  while (left.length > 0) {
    const free = left.findIndex((one) => !left.some((other) => calls(one, other)));
    // A circle of calls can be made in any order, or in none: Postgres decides.
    sources.push(...left.splice(Math.max(0, free), 1));
  }
  return sources;
}

/**
 * Makes all functions of the sources and undoes it again.
 * @throws UserError if Postgres refuses a source, or it does not make the one function of its name.
 */
export async function compareFunctions(
  db: PGlite,
  sources: FunctionSource[],
): Promise<FunctionDifferences> {
  return db.transaction(async (transaction) => {
    const before = await readDefinitions(transaction);
    for (const { name, text } of sources) {
      await transaction.exec(text).catch((error: unknown) => {
        throw new UserError(`${name}${EXTENSION}: ${messageOf(error)}`);
      });
    }
    const after = await readDefinitions(transaction);
    await transaction.rollback();
    for (const { name } of sources) {
      const made = after.get(name)?.length ?? 0;
      if (made === 0) throw new UserError(`${name}${EXTENSION} makes no function ${name}.`);
      if (made > 1) {
        throw new UserError(
          `There would be two functions ${name}, with different parameters. Give the new one a name ` +
            'of its own: old and new Workers run side by side while a shop is deployed.',
        );
      }
    }
    return {
      changed: sources.filter(({ name }) => before.get(name)?.[0] !== after.get(name)?.[0]),
      withoutSource: [...after.keys()].filter((name) => !sources.some((one) => one.name === name)),
    };
  });
}

/** By name; a name is there several times with different parameters. */
async function readDefinitions(transaction: Transaction): Promise<Map<string, string[]>> {
  const { rows } = await transaction.query<{ name: string; definitions: string[] }>(
    `SELECT p.proname AS name, array_agg(pg_get_functiondef(p.oid)) AS definitions
       FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace GROUP BY p.proname`,
  );
  return new Map(rows.map(({ name, definitions }) => [name, definitions]));
}

function calls(one: FunctionSource, other: FunctionSource): boolean {
  return one !== other && new RegExp(`\\b${other.name}\\(`).test(one.text);
}
