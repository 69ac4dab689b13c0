/** `/register?next=`: create an account, and back to where one came from. */

import { useDocumentTitle } from '../hooks/use-page.ts';
import { useSigningIn } from '../hooks/use-signing-in.ts';
import { LATER_TEXTS } from '../later/texts.ts';
import { AccountForm } from '../parts/account-form.tsx';
import { Heading } from '../parts/heading.tsx';
import { useShop } from '../shop.ts';
import { signInPath } from '../state/next-path.ts';
import { TEXTS } from '../texts.ts';

export function RegisterScreen() {
  useDocumentTitle(LATER_TEXTS.registerTitle);
  const { api } = useShop();
  const { next, isSending, problem, submit } = useSigningIn(api.register);
  return (
    <div class="form-page">
      <Heading>{LATER_TEXTS.registerTitle}</Heading>
      <p class="lead">{LATER_TEXTS.registerLead}</p>
      <AccountForm kind="register" isSending={isSending} problem={problem} onSubmit={submit}>
        {LATER_TEXTS.haveAccount} <a href={signInPath(next)}>{TEXTS.signIn}</a>
      </AccountForm>
    </div>
  );
}
