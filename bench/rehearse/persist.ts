/** Sends one request until it has an answer or its time is up. Must not decide when: see retry.ts. */
import type { Answer, Fault, Reply, Request, Send } from './http.ts';
import type { Pace } from './pace.ts';
import type { Random } from './random.ts';
import { nextStep } from './retry.ts';

export interface PersistDeps {
  send: Send;
  pace: Pace;
  now: () => number;
  /** Throws where the rehearsal was stopped. */
  sleep: (ms: number) => Promise<void>;
  onReply: (request: Request, reply: Reply) => void;
  onRetry: (reason: string) => void;
}

type Outcome = Answer | { kind: 'gave_up'; reason: string };
export type Call = (request: Request, random: Random) => Promise<Outcome>;

export function persistently(deps: PersistDeps): Call {
  return async (request, random) => {
    const startedAtMs = deps.now();
    for (let tries = 1; ; tries++) {
      const reply: Answer | Fault = await deps.send(request);
      deps.onReply(request, reply);
      const nowMs = deps.now();
      const attempt = { tries, elapsedMs: nowMs - startedAtMs, nowMs };
      const step = nextStep(reply, attempt, { pace: deps.pace, random });
      if (step.kind === 'settled') return step.answer;
      if (step.kind === 'gave_up') return step;
      deps.onRetry(step.reason);
      await deps.sleep(step.afterMs);
    }
  };
}
