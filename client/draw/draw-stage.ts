/** How far a draw has come, and how soon to look again. Pure. */
import type { Draw } from '../../worker/contract/draw.ts';

/** The points of its way, in their order. */
export const STAGES = ['entered', 'locked', 'beacon', 'drawn'] as const;
export type Stage = (typeof STAGES)[number];

/** What a draw is waiting for, or how it ended. */
export type DrawState = Draw['status'] | 'nobody';

/** People enter. */
const OPEN_EVERY_MS = 10_000;
/** Something is about to happen. */
const WAITING_EVERY_MS = 3_000;
/** What is drawn stays as it is. */
const ENDED_EVERY_MS = 60_000;

export function stateOf({ status, start }: Draw): DrawState {
  return status === 'drawn' && start === null ? 'nobody' : status;
}

/** The stages that are behind it. */
export function stagesDone(draw: Draw): ReadonlySet<Stage> {
  const { start, lockedAt, signature, drawnAt } = draw;
  const done: [Stage, boolean][] = [
    ['entered', start !== null],
    ['locked', start !== null && lockedAt !== null],
    ['beacon', signature !== null],
    ['drawn', start !== null && drawnAt !== null],
  ];
  return new Set(done.flatMap(([stage, isDone]) => (isDone ? stage : [])));
}

/** How often a page that shows it asks again, in ms. */
export function everyMsOf(state: DrawState): number {
  switch (state) {
    case 'open':
      return OPEN_EVERY_MS;
    case 'locked':
    case 'waiting_for_beacon':
      return WAITING_EVERY_MS;
    case 'drawn':
    case 'nobody':
    case 'given_up':
      return ENDED_EVERY_MS;
    default:
      return state satisfies never;
  }
}
