/** The law of stock on the production bundle, while connections to a real Postgres break in mid-sale. */
import { setTimeout as delay } from 'node:timers/promises';
import { it } from 'vitest';
import { expectKeptWhile } from './kept-sale.ts';

const TIMES = 20;
const CUT_MS = 30;
const PASS_MS = 170;

it('a sale keeps its law while connections to the database are cut in mid-answer, again and again', () =>
  expectKeptWhile(async ({ wire }) => {
    for (let times = 0; times < TIMES; times++) {
      wire.setMode('cut');
      await delay(CUT_MS);
      wire.setMode('pass');
      await delay(PASS_MS);
    }
  }));
