/** What every part of one run shares. Types only. */
import type { drawEvent } from '../worker/draw/draw-event.ts';
import type { Batcher } from '../worker/sale/edge/batcher.ts';
import type { Sale } from '../worker/sale/object/sale.ts';
import type { FaultInjector } from './fault-injector.ts';
import type { FirstViolation } from './first-violation.ts';
import type { Scenario } from './scenario.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { StatementSigner } from './statement-signer.ts';
import type { Store } from './store.ts';
import type { Trace } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The code under test, passed in so that mutants can stand in for it. */
export interface SaleCode {
  Batcher: typeof Batcher;
  Sale: typeof Sale;
  drawEvent: typeof drawEvent;
}

export interface RunContext {
  readonly scenario: Scenario;
  readonly sale: SaleCode;
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly faults: FaultInjector;
  readonly trace: Trace;
  readonly violations: FirstViolation;
  readonly store: Store;
  readonly signer: StatementSigner;
  note(text: string): void;
  /** Each object knows only the orders of its own. */
  hadTwoObjects(): boolean;
}
