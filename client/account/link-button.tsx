/** The button that does what the link of a mail is for, as long as that is not done. Must not know what. */
import type { ComponentChildren } from 'preact';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { MailLink } from './mail-link.ts';

export interface LinkButtonProps {
  readonly link: MailLink;
  /** What pressing it does. */
  readonly lead: string;
  /** While it is on its way. */
  readonly sending: string;
  readonly children: ComponentChildren;
}

export function LinkButton({ link, lead, sending, children }: LinkButtonProps) {
  const { step, isSending, problem } = link.state.value;
  if (step !== 'ready') return null;
  return (
    <div class="link-outcome">
      <p class="lead">{lead}</p>
      {problem && <ProblemNotice problem={problem} />}
      <Button isInert={isSending} onPress={() => void link.follow()}>
        {isSending ? sending : children}
      </Button>
    </div>
  );
}
