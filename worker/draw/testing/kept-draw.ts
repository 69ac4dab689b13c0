/** A draw in memory, behind the ports of one: it keeps what a database would, and can be made to fail. */
import { createHash } from 'node:crypto';
import type { DrawStart, DrawStatement } from '../../contract/draw.ts';
import type { EventId } from '../../contract/ids.ts';
import type { BeaconRound } from '../beacon.ts';
import type { DrawPorts, PlannedDraw } from '../draw-event.ts';

/** A multiple of the 3 s between two rounds. */
export const STARTS_MS = Date.UTC(2030, 0, 1);
export const LOCKED_MS = STARTS_MS - 40_000;
export const ENDS_MS = STARTS_MS + 3_600_000;

export const START: DrawStart = {
  eventId: 'evt_0123456789ab' as EventId,
  number: 3,
  startsAtMs: STARTS_MS,
  entriesCloseAtMs: LOCKED_MS,
  beacon: { kind: 'local', chain: 'ab', publicKey: 'cd', round: 7, roundAtMs: STARTS_MS },
  offerSeconds: 600,
  payment: 'none',
  currency: 'EUR',
  items: [],
};
export const HEAD = '11'.repeat(32);

export const ROUND: BeaconRound = {
  signature: new Uint8Array(48).fill(5),
  randomness: new Uint8Array(32).fill(9),
};

const LOCKED: PlannedDraw = {
  start: START,
  head: HEAD,
  entries: 12,
  records: 14,
  lockedAtMs: LOCKED_MS,
  startsAtMs: STARTS_MS,
  endsAtMs: ENDS_MS,
  isDrawn: false,
  givenUp: undefined,
  statements: { locked: null, drawn: null, givenUp: null },
  result: undefined,
};

export class KeptDraw implements DrawPorts {
  readonly eventId = START.eventId;
  draw: PlannedDraw | undefined;
  /** Each call of a port that changes something, in order. */
  readonly done: string[] = [];
  readonly signed: DrawStatement[] = [];
  /** What the beacon has. */
  round: BeaconRound | undefined = ROUND;
  asked = 0;
  /** The call of a port, counted from 0, that fails, before or after it had its effect. */
  failing: { call: number; hasEffect: boolean } | undefined;
  #calls = 0;

  constructor(draw: Partial<PlannedDraw> = {}) {
    this.draw = { ...structuredClone(LOCKED), ...draw };
  }

  readonly beacon: DrawPorts['beacon'] = {
    round: () =>
      this.#call(() => {
        this.asked += 1;
        return this.round;
      }),
  };

  read(): Promise<PlannedDraw | undefined> {
    return this.#call(() => this.draw && structuredClone(this.draw));
  }

  rank({ seed, round }: Parameters<DrawPorts['rank']>[0], nowMs: number): Promise<boolean> {
    return this.#call(() => {
      const kept = this.#kept();
      if (kept.givenUp !== undefined) return false;
      if (kept.isDrawn) return true;
      this.done.push('rank');
      kept.isDrawn = true;
      const ranking = createHash('sha256').update(seed).digest('hex');
      kept.result = round && {
        signature: hex(round.signature),
        randomness: hex(round.randomness),
        seed: hex(seed),
        ranking,
        drawnAtMs: nowMs,
      };
      return true;
    });
  }

  giveUp(...[reason, nowMs]: Parameters<DrawPorts['giveUp']>): Promise<void> {
    return this.#call(() => {
      const kept = this.#kept();
      if (kept.isDrawn || kept.givenUp !== undefined) return;
      this.done.push('give up');
      kept.givenUp = { reason, atMs: nowMs };
    });
  }

  sign(statement: DrawStatement): Promise<string> {
    return this.#call(() => {
      this.signed.push(statement);
      // As a real one, another text each time.
      return `${statement.type} ${this.signed.length}`;
    });
  }

  keepStatement(type: DrawStatement['type'], text: string): Promise<void> {
    return this.#call(() => {
      const { statements } = this.#kept();
      const name = type === 'given_up' ? 'givenUp' : type;
      if (statements[name] !== null) return;
      this.done.push(`keep ${type}`);
      statements[name] = text;
    });
  }

  #kept(): PlannedDraw {
    if (this.draw === undefined) throw new Error('there is no draw');
    return this.draw;
  }

  async #call<T>(effect: () => T): Promise<T> {
    const { call, hasEffect } = this.failing ?? {};
    if (this.#calls++ !== call) return effect();
    if (hasEffect) effect();
    throw new Error('failed');
  }
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
