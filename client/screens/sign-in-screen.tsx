/** `/sign-in?next=`: sign in, and back to where one came from. */

import { useDocumentTitle } from '../hooks/use-page.ts';
import { useSigningIn } from '../hooks/use-signing-in.ts';
import { LATER_TEXTS } from '../later/texts.ts';
import { AccountForm } from '../parts/account-form.tsx';
import { Heading } from '../parts/heading.tsx';
import { useShop } from '../shop.ts';
import { registerPath } from '../state/next-path.ts';
import { TEXTS } from '../texts.ts';

export function SignInScreen() {
  useDocumentTitle(LATER_TEXTS.signInTitle);
  const { api } = useShop();
  const { next, isSending, problem, submit } = useSigningIn(
    ({ email, password }: { email: string; password: string }) => api.login({ email, password }),
  );
  return (
    <div class="form-page">
      <Heading>{LATER_TEXTS.signInTitle}</Heading>
      <p class="lead">{LATER_TEXTS.signInLead}</p>
      <AccountForm kind="signIn" isSending={isSending} problem={problem} onSubmit={submit}>
        {LATER_TEXTS.newHere} <a href={registerPath(next)}>{TEXTS.register}</a>
      </AccountForm>
    </div>
  );
}
