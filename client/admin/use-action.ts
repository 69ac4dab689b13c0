/** One thing that an admin does: sent once at a time, with what came of it. */
import { useRef, useState } from 'preact/hooks';
import type { CallProblem, Result } from '../state/call-problem.ts';

export interface Action {
  readonly isSending: boolean;
  readonly problem: CallProblem | null;
  /** Sends, unless something is being sent already. */
  run<Value>(send: () => Promise<Result<Value>>, then: (value: Value) => void): void;
}

export function useAction(): Action {
  const isUnderWay = useRef(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);

  async function run<Value>(send: () => Promise<Result<Value>>, then: (value: Value) => void) {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsSending(true);
    setProblem(null);
    const result = await send();
    isUnderWay.current = false;
    setIsSending(false);
    if (result.ok) then(result.value);
    else setProblem(result.problem);
  }
  return { isSending, problem, run: (send, then) => void run(send, then) };
}
