/** Sends one request until it has an answer or its time is up. Must not decide when: see retry-policy.ts. */
import type { Answer, Fault, Reply, Request, Send } from './http.ts';
import { nextStep } from './retry-policy.ts';
import type { Random } from './seeded-random.ts';
import type { Timing } from './timing.ts';

export interface RetryPorts {
  send: Send;
  timing: Timing;
  now: () => number;
  /** Throws where the rehearsal was stopped. */
  sleep: (ms: number) => Promise<void>;
  onReply: (request: Request, reply: Reply) => void;
  onRetry: (reason: string) => void;
}

type Outcome = Answer | { kind: 'gave_up'; reason: string };
export type Call = (request: Request, random: Random) => Promise<Outcome>;

export function withRetries(deps: RetryPorts): Call {
  return async (request, random) => {
    const startedAtMs = deps.now();
    for (let tries = 1; ; tries++) {
      const reply: Answer | Fault = await deps.send(request);
      deps.onReply(request, reply);
      const nowMs = deps.now();
      const attempt = { tries, elapsedMs: nowMs - startedAtMs, nowMs };
      const step = nextStep(reply, attempt, { timing: deps.timing, random });
      if (step.kind === 'settled') return step.answer;
      if (step.kind === 'gave_up') return step;
      deps.onRetry(step.reason);
      await deps.sleep(step.afterMs);
    }
  };
}
