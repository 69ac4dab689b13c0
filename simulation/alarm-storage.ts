/** The platform's alarm of one object: survives eviction; rings late, twice, or not at all. */
import type { World } from './world.ts';

/** The platform rings again when a handler has failed: after this, doubled each time. */
const RING_AGAIN_MS = 2_000;
const RING_AGAIN_MAX = 6;
const LATE_MS_MAX = 8_000;
const TWICE_MS_MAX = 1_500;

export class AlarmStorage {
  readonly #world: World;
  readonly #handle: () => Promise<void>;
  readonly #lost: () => void;
  #setForMs: number | null = null;
  #version = 0;

  constructor(world: World, handlers: { handle(): Promise<void>; lost(): void }) {
    this.#world = world;
    this.#handle = handlers.handle;
    this.#lost = handlers.lost;
  }

  get setForMs(): number | null {
    return this.#setForMs;
  }

  set(atMs: number): void {
    this.#setForMs = atMs;
    const version = ++this.#version;
    this.#world.clock.at(atMs, () => {
      if (version === this.#version) this.#due();
    });
  }

  #due(): void {
    const { clock, weather, chance, trace } = this.#world;
    this.#setForMs = null;
    this.#version++;
    if (weather.strikes('alarmLost')) {
      trace.count('fault: alarm lost');
      this.#world.note('alarm lost');
      return this.#lost();
    }
    const lateMs = weather.strikes('alarmLate') ? chance.int(10, LATE_MS_MAX) : 0;
    if (lateMs > 0) trace.count('fault: alarm late');
    weather.disturb(lateMs > 0 ? clock.nowMs + lateMs : 0);
    clock.after(lateMs, () => this.#ring(0));
    if (weather.strikes('alarmTwice')) {
      trace.count('fault: alarm twice');
      clock.after(lateMs + chance.int(0, TWICE_MS_MAX), () => this.#ring(0));
    }
  }

  #ring(times: number): void {
    const { clock, weather } = this.#world;
    this.#world.note('alarm');
    this.#handle().catch(() => {
      if (times === RING_AGAIN_MAX) return this.#lost();
      const againMs = RING_AGAIN_MS * 2 ** times;
      weather.disturb(clock.nowMs + againMs);
      clock.after(againMs, () => this.#ring(times + 1));
    });
  }
}
