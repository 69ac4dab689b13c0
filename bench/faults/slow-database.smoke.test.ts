/** The law of stock on the production bundle, while the way to a real Postgres is slow in mid-sale. */
import { setTimeout as delay } from 'node:timers/promises';
import { it } from 'vitest';
import { expectKeptWhile } from './kept-sale.ts';

const SLOW_MS = 4_000;

it('a sale keeps its law while the way to the database is slow', () =>
  expectKeptWhile(async ({ wire }) => {
    wire.setMode('delay');
    await delay(SLOW_MS);
    wire.setMode('pass');
  }));
