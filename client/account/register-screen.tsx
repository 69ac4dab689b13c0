/** `/register?next=`: create an account, and back to where one came from. */

import { LegalLinks } from '../legal/legal-links.tsx';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { LANGUAGE, TEXTS } from '../texts/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { AccountForm } from './account-form.tsx';
import { signInPath } from './next-path.ts';
import { useSignInReason } from './use-sign-in-reason.ts';
import { useSigningIn } from './use-signing-in.ts';

type Registration = Record<'email' | 'password' | 'displayName', string>;

export function RegisterScreen() {
  useDocumentTitle(LAZY_TEXTS.registerTitle);
  const { api, sendsMail } = useShop();
  const { next, isSending, problem, submit } = useSigningIn(
    (fields: Registration) => api.register({ ...fields, language: LANGUAGE }),
    sendsMail ? 'registered' : undefined,
  );
  const reason = useSignInReason(next);
  return (
    <div class="form-page">
      <Heading>{LAZY_TEXTS.registerTitle}</Heading>
      <p class="lead">{reason?.register ?? LAZY_TEXTS.registerLead}</p>
      <LegalLinks lead={LAZY_TEXTS.legal.forAccount} pages={['terms', 'privacy']} />
      <AccountForm kind="register" isSending={isSending} problem={problem} onSubmit={submit}>
        {LAZY_TEXTS.haveAccount} <a href={signInPath(next)}>{TEXTS.signIn}</a>
      </AccountForm>
    </div>
  );
}
