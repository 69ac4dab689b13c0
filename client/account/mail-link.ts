/** A link of a mail that does its work as soon as its page is open. Must not draw, nor know a browser. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { type CallProblem, isUnsettled, type Result } from '../api/call-problem.ts';

/**
 * `over` is refused for good: used, too old, or nobody's. `missing` is a page without its token, such as
 * one that was loaded again.
 */
export type LinkStep = 'sending' | 'done' | 'over' | 'missing';

export interface MailLinkState {
  readonly step: LinkStep;
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
  const state = signal<MailLinkState>({ step: token ? 'sending' : 'missing', problem: null });
  let isUnderWay = false;
  return {
    state,
    follow: async () => {
      if (!token || isUnderWay || state.peek().step !== 'sending') return;
      isUnderWay = true;
      state.value = { step: 'sending', problem: null };
      const result = await send(token);
      isUnderWay = false;
      if (!result.ok && isUnsettled(result.problem)) {
        state.value = { step: 'sending', problem: result.problem };
        return;
      }
      state.value = result.ok
        ? { step: 'done', problem: null }
        : { step: 'over', problem: result.problem };
      onEnd();
    },
  };
}
