/** One thing that an admin does: sent once at a time, with what came of it. */
import { useRef, useState } from 'preact/hooks';
import type { CallProblem, Result } from '../../api/call-problem.ts';

export interface Action {
  readonly isSending: boolean;
  readonly problem: CallProblem | null;
  /** Forgets what went wrong, since it no longer matters. */
  clear(): void;
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
  return {
    isSending,
    problem,
    clear: () => setProblem(null),
    run: (send, then) => void run(send, then),
  };
}

/** Shows what is there now, where a change was refused since it was of what is there no more. */
export async function refreshIfChanged<Value>(
  sending: Promise<Result<Value>>,
  refresh: (() => void) | undefined,
): Promise<Result<Value>> {
  const result = await sending;
  if (!result.ok && result.problem.code === 'precondition_failed') refresh?.();
  return result;
}
