/** Plays the outbox with one mistake in its code, until a law notices it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboxCode } from './dispatcher-code.ts';
import type { DispatcherMutation } from './dispatcher-mutations.ts';
import { runOutbox } from './dispatcher-run.ts';
import { copyMutated } from './mutated-code.ts';
import type { Caught } from './mutation.ts';

const SEEDS_MAX = 800;
const RULES_FOLDER = new URL('../worker/outbox/rules/', import.meta.url);

export async function testDispatcherMutant(
  mutation: DispatcherMutation,
): Promise<Caught | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-mutant-'));
  try {
    const load = await copyMutated(RULES_FOLDER, mutation, folder);
    const code: OutboxCode = {
      ...(await load<Pick<OutboxCode, 'drainOutbox'>>('drain.ts')),
      ...(await load<Pick<OutboxCode, 'Dispatcher'>>('dispatcher.ts')),
      ...(await load<Pick<OutboxCode, 'SendBudget'>>('send-budget.ts')),
    };
    for (let seed = 1; seed <= SEEDS_MAX; seed++) {
      const { violation } = await runOutbox({ seed, code });
      if (violation) return { seed, check: violation.check, playedBefore: seed - 1 };
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}
