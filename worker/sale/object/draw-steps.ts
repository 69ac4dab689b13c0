/** How far an event's draw is, as far as this life of the object knows it. Decides nothing: see queue-steps. */
import type { EventState } from '../../contract/event-state.ts';
import type { DrawProgress } from '../../draw/draw-event.ts';
import { isUnlocked, nextQueueStep, type QueueStep } from '../rules/queue-steps.ts';

export class DrawSteps {
  readonly #draw: () => Promise<DrawProgress>;
  #nextAtMs: number | null | undefined;
  #isUndrawn = false;

  /** @param draw goes as far as it can. Throws a Fault. */
  constructor(draw: () => Promise<DrawProgress>) {
    this.#draw = draw;
  }

  /** When the next step is due; null where none is left, undefined until it was looked at. */
  get stepAtMs(): number | null | undefined {
    return this.#nextAtMs;
  }

  settled(event: EventState): void {
    this.#isUndrawn = (event.queue?.drawAtMs ?? null) !== null;
    // An edit of the plan may have named another time.
    if (isUnlocked(event)) this.#nextAtMs = undefined;
  }

  nextQueueStep(event: EventState, nowMs: number): QueueStep | undefined {
    return nextQueueStep(event, { nowMs, drawStepAtMs: this.#nextAtMs });
  }

  /** @returns whether a settlement is to follow. Throws a Fault. */
  async goOn(): Promise<boolean> {
    this.#nextAtMs = (await this.#draw()).nextAtMs;
    return this.#isUndrawn;
  }
}
