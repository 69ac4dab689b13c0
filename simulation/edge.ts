/**
 * The Workers at the edge: each a real batcher, in requests that may end before their answer. The
 * request that began a batch may be lost with its timer or its call, and the others must not be.
 */

import { COLLECT_MS } from '../worker/sale/edge/batcher.ts';
import type { Answer, Attempt, AttemptResult } from '../worker/sale/rules/attempts.ts';
import type { AnswerCheck } from './check-answers.ts';
import type { Platform } from './platform.ts';
import { SKEW_MS_MAX } from './scenario.ts';
import type { World } from './world.ts';

/** The way from a shopper to an answer; rejects if the outcome is unknown. */
export type Enter = (attempt: Attempt) => Promise<Answer>;

/** @returns a way in that takes any of the scenario's edges. */
export function openEdges(world: World, platform: Platform, answers: AnswerCheck): Enter {
  const edges = Array.from({ length: world.scenario.edges }, () =>
    openEdge(world, platform, answers),
  );
  return (attempt) => world.chance.pick(edges)(attempt);
}

function openEdge(world: World, platform: Platform, answers: AnswerCheck): Enter {
  const { clock, scenario, chance, trace, weather } = world;
  const skewMs = scenario.skewed ? chance.int(-SKEW_MS_MAX, SKEW_MS_MAX) : 0;
  /** Attempts that were passed on; the others were answered from the sold-out cache. */
  const passedOn = new Set<Attempt>();
  const isLost = () => {
    const strikes = weather.strikes('leaderLost');
    if (strikes) trace.count('fault: leader lost');
    return strikes;
  };
  const batcher = new world.sale.Batcher({
    shares: true,
    async call(_eventId, attempts, report): Promise<AttemptResult> {
      for (const attempt of attempts) passedOn.add(attempt);
      const lost = isLost();
      // What crosses the wire is a copy; the object goes on writing in its own.
      const result = structuredClone(await platform.attempt(attempts, report));
      return lost ? new Promise(() => {}) : result;
    },
    nowMs: () => clock.nowMs + skewMs,
    after: (ms, then) => {
      const sendsBatch = ms === COLLECT_MS;
      return clock.after(ms, () => {
        if (!(sendsBatch && isLost())) then();
      });
    },
    keep: () => {},
  });
  return async (wanted) => {
    const attempt = { ...wanted };
    const arrivedMs = clock.nowMs;
    const call = { arrivedMs, atMs: arrivedMs + skewMs, attempts: [attempt], isAtEdge: true };
    try {
      const answer = await batcher.attempt(scenario.eventId, attempt);
      if (!passedOn.has(attempt)) {
        trace.count('answered at the edge');
        answers.check(call, [answer]);
      }
      return answer;
    } catch (error) {
      if (!passedOn.has(attempt)) answers.gone(call);
      throw error;
    } finally {
      passedOn.delete(attempt);
    }
  };
}
