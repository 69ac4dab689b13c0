/**
 * The Workers at the edge, each with a real batcher, in requests that may end before their answer.
 * The request that sends a batch may be lost with its timer or its call; the others must not be.
 */

import { COLLECT_MS } from '../worker/sale/edge/batcher.ts';
import type { Answer, Attempt, AttemptResult } from '../worker/sale/rules/attempts.ts';
import type { AnswerCheck } from './check-answers.ts';
import type { Platform } from './platform.ts';
import type { RunContext } from './run-context.ts';
import { SKEW_MS_MAX } from './scenario.ts';

/** Sends one attempt; rejects if the outcome is unknown. */
export type SendAttempt = (attempt: Attempt) => Promise<Answer>;

/** @returns what sends an attempt by one of the scenario's edges, drawn at random. */
export function openEdges(
  context: RunContext,
  platform: Platform,
  answers: AnswerCheck,
): SendAttempt {
  const edges = Array.from({ length: context.scenario.edges }, () =>
    openEdge(context, platform, answers),
  );
  return (attempt) => context.random.pick(edges)(attempt);
}

function openEdge(context: RunContext, platform: Platform, answers: AnswerCheck): SendAttempt {
  const { clock, scenario, random, trace, faults } = context;
  const skewMs = scenario.skewed ? random.int(-SKEW_MS_MAX, SKEW_MS_MAX) : 0;
  /** Attempts that were passed on; the others were answered by the sold-out cache. */
  const passedOn = new Set<Attempt>();
  const loseLeader = () => {
    const isLost = faults.occurs('leaderLost');
    if (isLost) trace.count('fault: leader lost');
    return isLost;
  };
  const batcher = new context.sale.Batcher({
    shares: true,
    async call(_eventId, attempts, report): Promise<AttemptResult> {
      for (const attempt of attempts) passedOn.add(attempt);
      const lost = loseLeader();
      // What crosses the network is a copy; the object keeps changing its own.
      const result = structuredClone(await platform.attempt(attempts, report));
      return lost ? new Promise(() => {}) : result;
    },
    nowMs: () => clock.nowMs + skewMs,
    after: (ms, then) => {
      const sendsBatch = ms === COLLECT_MS;
      return clock.after(ms, () => {
        if (!(sendsBatch && loseLeader())) then();
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
