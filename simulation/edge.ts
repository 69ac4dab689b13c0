/**
 * The Worker at the edge, as worker/wiring.ts has it: a board that says sold out by itself for a
 * moment, and else a call to the object. Where the scenario has a gate, calls are collected for
 * some milliseconds and passed on as one list.
 */
import type { Answer, Attempt } from '../worker/sale/attempts.ts';
import { SoldOutBoard } from '../worker/sale/sold-out-board.ts';
import type { AnswerCheck } from './check-answers.ts';
import type { Platform } from './platform.ts';
import { SKEW_MS_MAX } from './scenario.ts';
import type { World } from './world.ts';

/** The way from a shopper to an answer; rejects if the object was evicted meanwhile. */
export type Enter = (attempt: Attempt) => Promise<Answer | undefined>;

interface Visitor {
  attempt: Attempt;
  resolve(answer: Answer | undefined): void;
  reject(error: unknown): void;
}

/** @returns a way in that takes any of the scenario's edges. */
export function openEdges(world: World, platform: Platform, answers: AnswerCheck): Enter {
  const edges = Array.from({ length: world.scenario.edges }, () =>
    openEdge(world, platform, answers),
  );
  return (attempt) => world.chance.pick(edges)(attempt);
}

function openEdge(world: World, platform: Platform, answers: AnswerCheck): Enter {
  const { clock, scenario, chance, trace } = world;
  const board = new SoldOutBoard();
  const skewMs = scenario.skewed ? chance.int(-SKEW_MS_MAX, SKEW_MS_MAX) : 0;
  let visitors: Visitor[] = [];

  async function passOn(list: Visitor[]): Promise<void> {
    visitors = [];
    const attempts = list.map(({ attempt }) => attempt);
    for (const { customerId } of attempts) board.called(customerId);
    try {
      const result = await platform.attempt(attempts, board.takenAtMs(scenario.eventId));
      // What crosses the wire is a copy; the object goes on writing in its own.
      if (result.notice) board.hang(scenario.eventId, structuredClone(result.notice));
      for (const [n, { resolve }] of list.entries()) resolve(result.answers[n]);
    } catch (error) {
      for (const { reject } of list) reject(error);
    } finally {
      for (const { customerId } of attempts) board.answered(customerId, clock.nowMs + skewMs);
    }
  }

  return (attempt) => {
    const nowMs = clock.nowMs + skewMs;
    const known = board.answer(scenario.eventId, attempt, nowMs);
    if (known !== undefined) {
      trace.count('answered at the edge');
      const call = { arrivedMs: clock.nowMs, atMs: nowMs, attempts: [attempt], isAtEdge: true };
      answers.check(call, [known]);
      return Promise.resolve(known);
    }
    return new Promise((resolve, reject) => {
      const visitor = { attempt, resolve, reject };
      if (scenario.gateMs === 0) {
        void passOn([visitor]);
        return;
      }
      if (visitors.length === 0) clock.after(scenario.gateMs, () => void passOn(visitors));
      visitors.push(visitor);
    });
  };
}
