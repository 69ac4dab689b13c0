/** `/sign-in?next=`: sign in, and back to where one came from. */

import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { AccountForm } from './account-form.tsx';
import { registerPath } from './next-path.ts';
import { useSignInReason } from './use-sign-in-reason.ts';
import { useSigningIn } from './use-signing-in.ts';

export function SignInScreen() {
  useDocumentTitle(LAZY_TEXTS.signInTitle);
  const { api, sendsMail } = useShop();
  const { next, isSending, problem, submit } = useSigningIn(
    ({ email, password }: { email: string; password: string }) => api.login({ email, password }),
  );
  const reason = useSignInReason(next);
  return (
    <div class="form-page">
      <Heading>{LAZY_TEXTS.signInTitle}</Heading>
      <p class="lead">{reason?.signIn ?? LAZY_TEXTS.signInLead}</p>
      <AccountForm kind="signIn" isSending={isSending} problem={problem} onSubmit={submit}>
        {LAZY_TEXTS.newHere} <a href={registerPath(next)}>{LAZY_TEXTS.register}</a>
        {sendsMail && (
          <a class="forgotten" href="/forgotten">
            {LAZY_TEXTS.account.forgot}
          </a>
        )}
      </AccountForm>
    </div>
  );
}
