/** `/reset?token=`: a new password by the link of a mail, which also signs in. */
import { useEffect, useMemo } from 'preact/hooks';
import type { CallProblem } from '../api/call-problem.ts';
import { useLocation } from '../page/location.tsx';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Heading } from '../ui/heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useHeadingFocus } from '../ui/use-heading-focus.ts';
import { useDocumentTitle } from '../ui/use-page.ts';
import { createAccountApi } from './account-api.ts';
import { textOf } from './form-text.ts';
import { passwordError } from './password-error.ts';
import { createSignIn } from './sign-in-store.ts';
import { useLinkToken } from './use-link-token.ts';

const PASSWORD_CHARS_MIN = 8;

export function ResetScreen() {
  const { account } = LAZY_TEXTS;
  useDocumentTitle(account.resetTitle);
  useHeadingFocus();
  const token = useLinkToken();
  return (
    <div class="form-page">
      <Heading>{account.resetTitle}</Heading>
      {token === null ? <NewLink words={account.linkMissing} /> : <ResetForm token={token} />}
    </div>
  );
}

function ResetForm({ token }: { token: string }) {
  const shop = useShop();
  const { route } = useLocation();
  const { account, newPassword, passwordHint, saving, savePassword } = LAZY_TEXTS;
  const { state, submit } = useMemo(
    () =>
      createSignIn<{ newPassword: string }>({
        ...shop,
        send: (fields) => createAccountApi(shop.api).reset({ token, ...fields }),
      }),
    [shop],
  );
  const { isSending, isSaved, problem } = state.value;
  useEffect(() => {
    if (isSaved) route('/', true);
  }, [isSaved]);
  if (problem && isLinkOver(problem)) return <NewLink words={account.linkOver} />;
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ newPassword: textOf(new FormData(event.currentTarget), 'newPassword') });
      }}
    >
      <p class="lead">{account.resetLead}</p>
      <Field
        name="newPassword"
        label={newPassword}
        type="password"
        autoComplete="new-password"
        hint={passwordHint}
        minLength={PASSWORD_CHARS_MIN}
        {...faultOf(problem)}
      />
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" isInert={isSending}>
        {isSending ? saving : savePassword}
      </Button>
    </form>
  );
}

/** The token is at fault, and not what was typed. */
function isLinkOver({ code, fields }: CallProblem): boolean {
  return code === 'link_invalid' || (fields?.some(({ path }) => path === 'token') ?? false);
}

function NewLink({ words }: { words: string }) {
  const { account } = LAZY_TEXTS;
  return (
    <div class="link-outcome">
      <output class="lead">{words}</output>
      <a class="button button-primary" href="/forgotten">
        {account.newLink}
      </a>
    </div>
  );
}

function faultOf(problem: CallProblem | null) {
  const fault = problem?.fields?.find(({ path }) => path === 'newPassword');
  return fault ? { error: passwordError(fault) } : {};
}
