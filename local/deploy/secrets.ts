/** The secrets of a deployment: read from a file, checked, and given to each Worker its own. */
import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { complaintOf, faultsIn, type VariableTable } from '../../data-api/environment.ts';
import { VARIABLES as GATEWAY } from '../../data-api/variables.ts';
import { VARIABLES as PREVIEWS } from '../../previews/variables.ts';
import { VARIABLES as SHOP } from '../../worker/config/variables.ts';
import type { WorkerName } from '../environments.ts';
import { messageOf, UserError } from '../user-error.ts';

export type Secrets = Record<string, string>;

const TABLES: Record<WorkerName, VariableTable> = {
  shop: SHOP,
  gateway: GATEWAY,
  previews: PREVIEWS,
};

/** @throws UserError if it cannot be read, or names what is no secret of any Worker. */
export async function readSecrets(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(`The secrets cannot be read: ${messageOf(error)}`);
  });
  const secrets: Secrets = {};
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (!isSecret('shop', name) && !isSecret('gateway', name)) {
      throw new UserError(`${name} in ${file} is no secret of any Worker.`);
    }
    if (value !== undefined && value !== '') secrets[name] = value;
  }
  return secrets;
}

/** Those of them that a Worker takes. */
export function secretsOf(worker: WorkerName, secrets: Secrets): Secrets {
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => isSecret(worker, name)));
}

/**
 * What a Worker would find wrong, by name.
 *
 * @param secrets undefined where they are not known here: then none of them is missed.
 */
export function complaintsAbout(
  worker: WorkerName,
  vars: object,
  secrets: Secrets | undefined,
): string[] {
  const misplaced = Object.keys(vars).filter((name) => isSecret(worker, name));
  const strange = Object.keys(vars).filter((name) => !(name in TABLES[worker]));
  const env = { ...vars, ...secretsOf(worker, secrets ?? {}) };
  const faults = faultsIn(TABLES[worker], env).filter(
    ({ name, fault }) => secrets !== undefined || fault === 'malformed' || !isSecret(worker, name),
  );
  return [
    ...misplaced.map((name) => `${name} is a secret and stands in wrangler.toml`),
    ...strange.map((name) => `${name} stands in wrangler.toml and is no variable of the Worker`),
    ...faults.map(complaintOf),
  ];
}

function isSecret(worker: WorkerName, name: string): boolean {
  return TABLES[worker][name]?.kind === 'secret';
}
