/**
 * A link of a mail that does its work when somebody presses the button on its page, and not before:
 * programs that look for viruses open links, and run their scripts. Must not draw, nor know a browser.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import { type CallProblem, isUnsettled, type Result } from '../api/call-problem.ts';

/**
 * `over` is refused for good: used, too old, or nobody's. `missing` is a page without its token, such as
 * one that was loaded again.
 */
export type LinkStep = 'ready' | 'done' | 'over' | 'missing';

export interface MailLinkState {
  readonly step: LinkStep;
  readonly isSending: boolean;
  /** Why it is over; or why it is not known yet what became of it, and it can be sent again. */
  readonly problem: CallProblem | null;
}

export interface MailLink {
  readonly state: ReadonlySignal<MailLinkState>;
  /** Sends it, unless it is on its way or at its end. */
  follow(): Promise<void>;
}

export interface MailLinkPorts<Value> {
  readonly token: string | null;
  send(token: string): Promise<Result<Value>>;
  /** What the link is about may have changed: done now, or by an earlier try whose answer was lost. */
  onEnd(): void;
}

export function createMailLink<Value>({ token, send, onEnd }: MailLinkPorts<Value>): MailLink {
  const state = signal<MailLinkState>({
    step: token ? 'ready' : 'missing',
    isSending: false,
    problem: null,
  });
  return {
    state,
    follow: async () => {
      const { step, isSending } = state.peek();
      if (!token || isSending || step !== 'ready') return;
      state.value = { step, isSending: true, problem: null };
      const result = await send(token);
      const problem = result.ok ? null : result.problem;
      if (problem && isUnsettled(problem)) {
        state.value = { step, isSending: false, problem };
        return;
      }
      state.value = { step: problem ? 'over' : 'done', isSending: false, problem };
      onEnd();
    },
  };
}
