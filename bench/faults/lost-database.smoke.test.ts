/** The law of stock on the production bundle, while a real Postgres is out of reach in mid-sale. */
import { setTimeout as delay } from 'node:timers/promises';
import { it } from 'vitest';
import { expectKeptWhile } from './kept-sale.ts';

/** Longer than anybody waits for an answer. */
const AWAY_MS = 12_000;

it('a sale keeps its law while the database is out of reach for longer than anybody waits', () =>
  expectKeptWhile(async ({ wire }) => {
    wire.setMode('black_hole');
    await delay(AWAY_MS);
    wire.setMode('cut');
    wire.setMode('pass');
  }));
