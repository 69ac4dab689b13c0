/** Has the link sent again that confirms one's address. Must not say why that is needed. */
import { useMemo } from 'preact/hooks';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { createAccountApi } from './account-api.ts';
import { createSubmission } from './submission.ts';
import { useMember } from './use-member.ts';

export interface ResendLinkProps {
  /** Where it is sent. */
  readonly email: string;
  /** The id of the element that one is led back to, should one have to sign in. */
  readonly place: string;
}

export function ResendLink({ email, place }: ResendLinkProps) {
  const { api } = useShop();
  const { account } = LAZY_TEXTS;
  const { act } = useMember(place);
  const { state, submit } = useMemo(
    () => createSubmission<undefined, unknown>(() => act(() => createAccountApi(api).resendLink())),
    [api],
  );
  const { isSending, isSaved, problem } = state.value;
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <output class="saved">{isSaved && account.resent(email)}</output>
      <div class="actions">
        <Button kind="quiet" isInert={isSending} onPress={() => void submit(undefined)}>
          {isSending ? account.sending : account.resend}
        </Button>
      </div>
    </>
  );
}
