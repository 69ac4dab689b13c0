/** What every part of one run shares. Plain wiring; nothing here decides. */
import type { Batcher } from '../worker/sale/edge/batcher.ts';
import type { Sale } from '../worker/sale/object/sale.ts';
import type { Chance } from './chance.ts';
import type { Scenario } from './scenario.ts';
import type { Store } from './store.ts';
import type { Trace } from './trace.ts';
import type { Verdict } from './verdict.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { Weather } from './weather.ts';

/** The code under test, passed in so that mutants can stand in for it. */
export interface SaleCode {
  Batcher: typeof Batcher;
  Sale: typeof Sale;
}

export interface World {
  readonly scenario: Scenario;
  readonly sale: SaleCode;
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly trace: Trace;
  readonly verdict: Verdict;
  readonly store: Store;
  note(text: string): void;
  /** Each object knows only the orders of its own. */
  hadTwoObjects(): boolean;
}
