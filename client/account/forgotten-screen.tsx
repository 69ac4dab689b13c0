/** `/forgotten`: has a link sent to choose a new password with, and never says whether there is an account. */
import { useMemo, useState } from 'preact/hooks';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Heading } from '../ui/heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { createAccountApi } from './account-api.ts';
import { readAccountDraft, writeAccountDraft } from './account-drafts.ts';
import { textOf } from './form-text.ts';
import { createSubmission } from './submission.ts';

export function ForgottenScreen() {
  const { account } = LAZY_TEXTS;
  // Where it was sent; null before.
  const [sentTo, setSentTo] = useState<string | null>(null);
  const title = sentTo === null ? account.forgot : account.lookTitle;
  useDocumentTitle(title);
  return (
    <div class="form-page">
      <Heading>{title}</Heading>
      {sentTo === null ? (
        <ForgottenForm onSent={setSentTo} />
      ) : (
        <div class="link-outcome">
          <output class="lead">{account.forgottenSent(sentTo)}</output>
          <p>{account.noMail}</p>
          <div class="actions">
            <Button kind="quiet" onPress={() => setSentTo(null)}>
              {account.anotherAddress}
            </Button>
          </div>
        </div>
      )}
      <p class="form-other">
        <a href="/sign-in">{account.backToSignIn}</a>
      </p>
    </div>
  );
}

function ForgottenForm({ onSent }: { onSent(email: string): void }) {
  const { api, drafts } = useShop();
  const { account, email, fieldErrors } = LAZY_TEXTS;
  const { state, submit } = useMemo(
    () => createSubmission((fields: { email: string }) => createAccountApi(api).forgotten(fields)),
    [api],
  );
  const { isSending, problem } = state.value;
  const isAtFault = problem?.fields?.some(({ path }) => path === 'email');

  async function send(address: string) {
    if (await submit({ email: address })) onSent(address);
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void send(textOf(new FormData(event.currentTarget), 'email').trim());
      }}
    >
      <p class="lead">{account.forgottenLead}</p>
      <Field
        name="email"
        label={email}
        type="email"
        autoComplete="username"
        defaultValue={readAccountDraft(drafts, 'email') ?? ''}
        onType={(value) => writeAccountDraft(drafts, { name: 'email', value })}
        {...(isAtFault && { error: fieldErrors.email })}
      />
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" isInert={isSending}>
        {isSending ? account.sending : account.sendLink}
      </Button>
    </form>
  );
}
