/** One's e-mail address on the profile: whether it is confirmed, the link again, and the way to another. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { OwnMail, User } from '../../worker/contract/accounts.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { createAccountApi } from './account-api.ts';
import { textOf } from './form-text.ts';
import { ResendLink } from './resend-link.tsx';
import { createSubmission } from './submission.ts';
import { useMember } from './use-member.ts';
import { useOwnUser } from './use-own-user.ts';

const PLACE = 'profile-email';

/** Where the shop sends no mail, an address can neither be confirmed nor changed. */
export function EmailSection({ user }: { user: User }) {
  const { account, emailFixed } = LAZY_TEXTS;
  const { sendsMail } = useShop();
  useOwnUser();
  const suppressed = useSuppression(user.email);
  return (
    <section id={PLACE} aria-labelledby={`${PLACE}-title`}>
      <h2 id={`${PLACE}-title`}>{account.emailTitle}</h2>
      <p class="profile-email">
        <span>{user.email}</span>
        {sendsMail && (
          <span class={`badge badge-${user.emailVerified ? 'confirmed' : 'pending'}`}>
            {user.emailVerified ? account.isVerified : account.isUnverified}
          </span>
        )}
      </p>
      {!sendsMail && <p class="section-lead">{emailFixed}</p>}
      {suppressed && (
        <output class="notice">
          <strong class="notice-title">{account.suppressedTitle}</strong>
          <span>{account.suppressed[suppressed]}</span>
        </output>
      )}
      {sendsMail && !user.emailVerified && !suppressed && (
        <>
          <p class="section-lead">{account.unverifiedLead}</p>
          <ResendLink email={user.email} place={PLACE} />
        </>
      )}
      {sendsMail && <EmailChange />}
    </section>
  );
}

/** Why no mail is sent to one's address; null where it is, and as long as that is not known. */
function useSuppression(email: string): OwnMail['suppressed'] {
  const { api, sendsMail } = useShop();
  const [suppressed, setSuppressed] = useState<OwnMail['suppressed']>(null);
  useEffect(() => {
    setSuppressed(null);
    if (!sendsMail) return undefined;
    let isCurrent = true;
    void createAccountApi(api)
      .mail()
      .then((result) => {
        if (isCurrent && result.ok) setSuppressed(result.value.suppressed);
      });
    return () => {
      isCurrent = false;
    };
  }, [email, sendsMail]);
  return suppressed;
}

interface EmailFields {
  readonly email: string;
  readonly password: string;
}

function EmailChange() {
  const { account } = LAZY_TEXTS;
  const [isOpen, setIsOpen] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <>
      <output class="saved">{sentTo !== null && account.changeSent(sentTo)}</output>
      <div class="actions">
        <Button kind="quiet" isExpanded={isOpen} onPress={() => setIsOpen(!isOpen)}>
          {account.changeEmail}
        </Button>
      </div>
      {isOpen && (
        <EmailChangeForm
          onSent={(email) => {
            setSentTo(email);
            setIsOpen(false);
          }}
        />
      )}
    </>
  );
}

function EmailChangeForm({ onSent }: { onSent(email: string): void }) {
  const { api } = useShop();
  const { account, fieldErrors } = LAZY_TEXTS;
  const { act } = useMember(PLACE);
  const { state, submit } = useMemo(
    () =>
      createSubmission((fields: EmailFields) =>
        act(() => createAccountApi(api).changeEmail(fields)),
      ),
    [api],
  );
  const { isSending, problem } = state.value;
  const isWrong = problem?.code === 'invalid_credentials';
  const isAtFault = problem?.fields?.some(({ path }) => path === 'email');

  async function send(form: HTMLFormElement) {
    const data = new FormData(form);
    const email = textOf(data, 'email').trim();
    if (await submit({ email, password: textOf(data, 'password') })) onSent(email);
  }
  return (
    <form
      class="form"
      aria-label={account.changeEmail}
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      <p class="section-lead">{account.changeEmailLead}</p>
      <Field
        name="email"
        label={account.newEmail}
        type="email"
        autoComplete="email"
        {...(isAtFault && { error: fieldErrors.email })}
      />
      <Field
        name="password"
        label={account.passwordToChange}
        type="password"
        autoComplete="current-password"
        {...(isWrong && { error: account.passwordWrong })}
      />
      {problem && !isWrong && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button type="submit" isInert={isSending}>
          {isSending ? account.sending : account.saveEmail}
        </Button>
      </div>
    </form>
  );
}
