/** The law of stock on the production bundle, while a real Postgres stands still in mid-sale. */
import { setTimeout as delay } from 'node:timers/promises';
import { it } from 'vitest';
import { expectKeptWhile } from './kept-sale.ts';

/** Longer than anybody waits for an answer. */
const FROZEN_MS = 10_000;

it('a sale keeps its law while Postgres is frozen for ten seconds', () =>
  expectKeptWhile(async ({ postgresPids }) => {
    const pids = await postgresPids();
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await delay(FROZEN_MS);
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }));
