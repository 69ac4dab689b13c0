/** `/register?next=`: create an account, and back to where one came from. */

import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { AccountForm } from './account-form.tsx';
import { signInPath } from './next-path.ts';
import { useSigningIn } from './use-signing-in.ts';

export function RegisterScreen() {
  useDocumentTitle(LAZY_TEXTS.registerTitle);
  const { api } = useShop();
  const { next, isSending, problem, submit } = useSigningIn(api.register);
  return (
    <div class="form-page">
      <Heading>{LAZY_TEXTS.registerTitle}</Heading>
      <p class="lead">{LAZY_TEXTS.registerLead}</p>
      <AccountForm kind="register" isSending={isSending} problem={problem} onSubmit={submit}>
        {LAZY_TEXTS.haveAccount} <a href={signInPath(next)}>{TEXTS.signIn}</a>
      </AccountForm>
    </div>
  );
}
