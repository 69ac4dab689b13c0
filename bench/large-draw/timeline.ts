/** When a draw is locked, drawn and signed, as its public answer tells anybody. Changes nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Draw } from '../../worker/contract/draw.ts';
import type { LargeDraw, LargeDrawShop } from './shop.ts';

const LOOK_EVERY_MS = 100;
const DRAWN_MS_MAX = 120_000;
const ANSWER_MS_MAX = 15_000;

export interface Timeline {
  draw: Draw;
  /** Milliseconds after the lock was due, when each was first seen in public. */
  lockedMs: number;
  lockSignedMs: number;
  /** Milliseconds after the round of the beacon was due. */
  drawnMs: number;
  drawSignedMs: number;
}

const STEPS = {
  lockedMs: ({ lockedAt }) => lockedAt !== null,
  lockSignedMs: ({ statements }) => statements.length > 0,
  drawnMs: ({ status }) => status === 'drawn',
  drawSignedMs: ({ statements }) => statements.length > 1,
} satisfies Record<string, (draw: Draw) => boolean>;

/** @throws where it takes too long. */
export async function watchDraw(
  { url, stopped }: Pick<LargeDrawShop, 'url' | 'stopped'>,
  { eventId, locksAtMs, roundAtMs }: LargeDraw,
): Promise<Timeline> {
  const seenAtMs = new Map<string, number>();
  const giveUpAtMs = roundAtMs + DRAWN_MS_MAX;
  for (;;) {
    stopped.throwIfAborted();
    const draw = await readDraw(url, eventId);
    for (const [step, isSo] of Object.entries(STEPS)) {
      if (isSo(draw) && !seenAtMs.has(step)) seenAtMs.set(step, Date.now());
    }
    if (seenAtMs.size === Object.keys(STEPS).length) {
      const since = (atMs: number, step: keyof typeof STEPS) => (seenAtMs.get(step) ?? 0) - atMs;
      return {
        draw,
        lockedMs: since(locksAtMs, 'lockedMs'),
        lockSignedMs: since(locksAtMs, 'lockSignedMs'),
        drawnMs: since(roundAtMs, 'drawnMs'),
        drawSignedMs: since(roundAtMs, 'drawSignedMs'),
      };
    }
    if (Date.now() > giveUpAtMs) throw new Error(`the draw is still ${draw.status}`);
    await pause(LOOK_EVERY_MS);
  }
}

async function readDraw(url: string, eventId: string): Promise<Draw> {
  const signal = AbortSignal.timeout(ANSWER_MS_MAX);
  const answer = await fetch(`${url}/api/v1/events/${eventId}/draw`, { signal });
  if (!answer.ok) throw new Error(`the draw was answered ${answer.status}`);
  return ((await answer.json()) as { draw: Draw }).draw;
}
