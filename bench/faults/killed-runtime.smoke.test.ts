/** The law of stock on the production bundle, with a runtime that is killed in mid-sale. */
import { it } from 'vitest';
import { expectKeptWhile } from './kept-sale.ts';

it('a sale keeps its law when the runtime is killed without warning', () =>
  expectKeptWhile((shop) => shop.killRuntime()));
