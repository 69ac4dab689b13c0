/** What every measurement is handed, and what it asks of it. */
import { type Integrity, integritySchema } from '../../worker/contract/events.ts';
import { type EventItemId, eventIdOf, type ItemId } from '../../worker/contract/ids.ts';
import { childrenOf, usageOf } from './process-usage.ts';
import { readQueue } from './queue-sql.ts';
import type { RowTarget } from './rows.ts';
import type { Readings } from './samples.ts';
import { withClient } from './sql-client.ts';
import type { TestBed } from './test-bed.ts';

export interface Bench {
  testBed: TestBed;
  target: RowTarget;
  itemId: ItemId;
  stopped: AbortSignal;
  logStep(step: string): void;
  /** Filled with what should not have happened. */
  wrong: string[];
}

/** Asks the shop itself to recount, as anybody may. */
export async function checkLaw(
  { target, wrong }: Bench,
  eventItemId: EventItemId,
  granted: number | undefined,
): Promise<void> {
  const path = `/api/v1/events/${eventIdOf(eventItemId)}/integrity`;
  const response = await fetch(`http://127.0.0.1:${target.port}${path}`);
  const integrity: Integrity = integritySchema.parse(await response.json());
  const [item] = integrity.items;
  const recorded = (item?.held ?? 0) + (item?.sold ?? 0);
  if (!integrity.ok) wrong.push(`the law does not hold: ${JSON.stringify(integrity)}`);
  if (granted !== undefined && granted !== recorded) {
    wrong.push(`${granted} units were granted and ${recorded} are in the tables`);
  }
}

/** Whoever was told that they wait must be in the tables. */
export async function checkWaiting(
  { target, wrong }: Bench,
  eventItemId: EventItemId,
  told: number,
): Promise<void> {
  const { waiting } = await withClient(target, (client) => readQueue(client, eventItemId));
  if (waiting !== told) wrong.push(`${told} entered a queue in which ${waiting} wait`);
}

/** What each of the processes has used so far. */
export function readingsOf({ pids }: TestBed): Readings {
  const server = known(pids.postgres);
  return {
    runtime: usageOf(known(pids.runtime)),
    endpoint: usageOf(known(pids.endpoint)),
    postgres: usageOf(server.flatMap((pid) => [pid, ...childrenOf(pid)])),
    load: usageOf([process.pid]),
  };
}

function known(pid: number | undefined): number[] {
  return pid === undefined ? [] : [pid];
}
