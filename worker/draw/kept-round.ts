/**
 * One round of a beacon, for all draws that use it: it is asked for once, and kept. While relays do not have it
 * they are asked at most every second, however many draws wait for it.
 */
import type { NamedBeacon } from '../contract/draw.ts';
import type { BeaconRound } from './beacon.ts';

/** At least so long between two times that the relays are asked. */
export const ASKED_EVERY_MS = 1_000;

export interface RoundPorts {
  /** Undefined where it is not kept. */
  load(): Promise<BeaconRound | undefined>;
  keep(round: BeaconRound): Promise<void>;
  /** Asks the relays once each. */
  ask(named: NamedBeacon): Promise<BeaconRound | undefined>;
  nowMs(): number;
}

export class KeptRound {
  readonly #ports: RoundPorts;
  #round: BeaconRound | undefined;
  #asking: Promise<BeaconRound | undefined> | undefined;
  #askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(ports: RoundPorts) {
    this.#ports = ports;
  }

  /** @returns undefined where it cannot be had yet. */
  async get(named: NamedBeacon): Promise<BeaconRound | undefined> {
    if (this.#round !== undefined) return this.#round;
    this.#asking ??= this.#find(named).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #find(named: NamedBeacon): Promise<BeaconRound | undefined> {
    this.#round = await this.#ports.load();
    const nowMs = this.#ports.nowMs();
    if (this.#round !== undefined || nowMs < this.#askedAtMs + ASKED_EVERY_MS) return this.#round;
    this.#askedAtMs = nowMs;
    const round = await this.#ports.ask(named);
    if (round !== undefined) await this.#ports.keep(round);
    this.#round = round;
    return round;
  }
}
