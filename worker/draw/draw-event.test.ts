import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawStatementSchema } from '../contract/draw.ts';
import { seedMessage, startRecord } from '../contract/draw-records.ts';
import { BEACON_RETRY_MS, drawEvent, PUBLISHED_AFTER_MS } from './draw-event.ts';
import {
  ENDS_MS,
  HEAD,
  hex,
  KeptDraw,
  LOCKED_MS,
  ROUND,
  START,
  STARTS_MS,
} from './testing/kept-draw.ts';

const ASK_MS = STARTS_MS + PUBLISHED_AFTER_MS;

/** By another implementation of the hash. */
const SEED = createHash('sha256')
  .update(
    seedMessage({
      start: startRecord(START),
      head: Buffer.from(HEAD, 'hex'),
      randomness: ROUND.randomness,
    }),
  )
  .digest('hex');

/** As an object does: again after each fault, and when the next step is due. @returns when it was done. */
async function drawAll(kept: KeptDraw, fromMs = LOCKED_MS): Promise<number> {
  let nowMs = fromMs;
  for (let steps = 0; steps < 10_000; steps++) {
    const { nextAtMs } = await drawEvent(kept, nowMs).catch(() => ({ nextAtMs: nowMs + 1_000 }));
    if (nextAtMs === null) return nowMs;
    nowMs = nextAtMs;
  }
  throw new Error('it comes to no end');
}

describe('a draw that is locked', () => {
  it('is signed at once, and goes on a moment after its round is due', async () => {
    const kept = new KeptDraw();
    expect(await drawEvent(kept, LOCKED_MS)).toEqual({ nextAtMs: ASK_MS });
    expect(kept.done).toEqual(['keep locked']);
    expect(kept.asked).toBe(0);
    expect(kept.signed.map((signed) => drawStatementSchema.parse(signed))).toEqual([
      {
        type: 'locked',
        version: 1,
        eventId: START.eventId,
        number: 3,
        start: createHash('sha256').update(startRecord(START)).digest('hex'),
        records: 14,
        entries: 12,
        head: HEAD,
        beacon: START.beacon,
        lockedAt: new Date(LOCKED_MS).toISOString(),
      },
    ]);
  });

  it('is ranked by the seed of its round, which is signed with the statement of the lock', async () => {
    const kept = new KeptDraw();
    expect(await drawAll(kept)).toBe(ASK_MS);
    expect(kept.done).toEqual(['keep locked', 'rank', 'keep drawn']);
    expect(kept.draw?.result?.seed).toBe(SEED);
    expect(kept.signed.map((signed) => drawStatementSchema.parse(signed))[1]).toMatchObject({
      type: 'drawn',
      locked: createHash('sha256').update('locked 1').digest('hex'),
      seed: SEED,
      signature: hex(ROUND.signature),
      randomness: hex(ROUND.randomness),
      ranking: kept.draw?.result?.ranking,
      drawnAt: new Date(ASK_MS).toISOString(),
    });
  });

  it('waits for its opening where the round is due before it', async () => {
    const kept = new KeptDraw({
      start: { ...START, beacon: { ...START.beacon, roundAtMs: LOCKED_MS } },
    });
    expect(await drawEvent(kept, LOCKED_MS + 5_000)).toEqual({ nextAtMs: STARTS_MS });
    expect(kept.asked).toBe(0);
  });

  it('comes out the same, once, wherever it is cut off', async () => {
    const uncut = new KeptDraw();
    await drawAll(uncut);
    for (let call = 0; call < 12; call++) {
      for (const hasEffect of [false, true]) {
        const kept = new KeptDraw();
        kept.failing = { call, hasEffect };
        await drawAll(kept);
        expect(kept.done).toEqual(uncut.done);
        expect(kept.draw?.result).toMatchObject({ seed: SEED });
        const { locked } = kept.draw?.statements ?? {};
        const drawn = kept.signed.findLast(({ type }) => type === 'drawn');
        expect(drawn).toMatchObject({
          locked: createHash('sha256').update(`${locked}`).digest('hex'),
        });
      }
    }
  });
});

describe('a beacon that is silent', () => {
  it('is asked again until it has the round, and the order is the same', async () => {
    const kept = new KeptDraw();
    kept.round = undefined;
    const silentMs = 5 * 60_000;
    let nowMs = ASK_MS;
    while (nowMs < ASK_MS + silentMs) {
      const { nextAtMs } = await drawEvent(kept, nowMs);
      expect(nextAtMs).toBe(nowMs + BEACON_RETRY_MS);
      nowMs = Number(nextAtMs);
    }
    expect(kept.asked).toBe(silentMs / BEACON_RETRY_MS);
    expect(kept.done).toEqual(['keep locked']);
    kept.round = ROUND;
    await drawAll(kept, nowMs);
    expect(kept.done).toEqual(['keep locked', 'rank', 'keep drawn']);
    expect(kept.draw?.result?.seed).toBe(SEED);
  });

  it('makes the draw be given up at the end of the sale, and not before', async () => {
    const kept = new KeptDraw();
    kept.round = undefined;
    expect(await drawAll(kept)).toBe(ENDS_MS);
    expect(kept.done).toEqual(['keep locked', 'give up', 'keep given_up']);
    expect(drawStatementSchema.parse(kept.signed.at(-1))).toMatchObject({
      type: 'given_up',
      reason: 'undrawn_at_end',
      givenUpAt: new Date(ENDS_MS).toISOString(),
      head: HEAD,
    });
    kept.round = ROUND;
    await drawAll(kept, ENDS_MS);
    expect(kept.done).toHaveLength(3);
  });
});

describe('a draw that was given up', () => {
  it('is not drawn any more, and that is signed', async () => {
    const kept = new KeptDraw({ givenUp: { reason: 'cancelled', atMs: LOCKED_MS } });
    expect(await drawAll(kept, ASK_MS)).toBe(ASK_MS);
    expect(kept.done).toEqual(['keep given_up']);
    expect(kept.signed).toMatchObject([{ type: 'given_up', reason: 'cancelled' }]);
  });

  it('is not drawn where that happened while its beacon was asked', async () => {
    const kept = new KeptDraw();
    await drawEvent(kept, LOCKED_MS);
    kept.beacon.round = async () => {
      await kept.giveUp('beacon_silent', ASK_MS);
      return ROUND;
    };
    expect(await drawEvent(kept, ASK_MS)).toEqual({ nextAtMs: null });
    expect(kept.done).toEqual(['keep locked', 'give up', 'keep given_up']);
  });
});

describe('a draw that nobody entered', () => {
  it('is drawn at the opening, without a beacon and without a statement', async () => {
    const kept = new KeptDraw({ start: undefined, head: undefined, entries: 0, records: 0 });
    expect(await drawEvent(kept, LOCKED_MS)).toEqual({ nextAtMs: STARTS_MS });
    expect(await drawEvent(kept, STARTS_MS)).toEqual({ nextAtMs: null });
    expect(kept.done).toEqual(['rank']);
    expect(kept.asked).toBe(0);
    expect(kept.signed).toEqual([]);
  });
});

it('where nothing is locked, or there is no draw, nothing is due', async () => {
  const kept = new KeptDraw();
  kept.draw = undefined;
  expect(await drawEvent(kept, STARTS_MS)).toEqual({ nextAtMs: null });
});
