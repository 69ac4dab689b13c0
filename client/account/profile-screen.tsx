/** `/profile`: who one is to others, the password, the way to the orders, and where one is signed in. */
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Session, User } from '../../worker/contract/accounts.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Heading } from '../ui/heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useHeadingFocus } from '../ui/use-heading-focus.ts';
import { useDocumentTitle } from '../ui/use-page.ts';
import { Logins } from './logins.tsx';
import { signInPath } from './next-path.ts';
import { passwordError } from './password-error.ts';
import { useMember } from './use-member.ts';

const NAME_CHARS_MAX = 60;
const NAME_DRAFT = 'profile name';
const PASSWORD_CHARS_MIN = 8;

export function ProfileScreen() {
  useDocumentTitle(LAZY_TEXTS.profileTitle);
  useHeadingFocus();
  const { session } = useShop();
  const { route } = useLocation();
  const user = session.current.value?.user;
  useEffect(() => {
    if (user === undefined) route(signInPath('/profile'), true);
  }, [user]);
  return (
    <div class="profile">
      <Heading>{LAZY_TEXTS.profileTitle}</Heading>
      {user && (
        <>
          <NameForm key={user.id} user={user} />
          <PasswordForm user={user} />
          <section aria-labelledby="profile-orders">
            <h2 id="profile-orders">
              <a href="/orders">{TEXTS.orders}</a>
            </h2>
            <p class="section-lead">{LAZY_TEXTS.ordersLead}</p>
          </section>
          <Logins key={`logins of ${user.id}`} />
        </>
      )}
    </div>
  );
}

/** Sends a form once at a time, and keeps what became of it. */
function useSaving<Value>(
  save: (data: FormData) => Promise<Result<Value>>,
  saved: (value: Value) => void,
) {
  const [isSending, setIsSending] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  async function submit(form: HTMLFormElement) {
    if (isSending) return;
    setIsSending(true);
    setIsSaved(false);
    const result = await save(new FormData(form));
    setIsSending(false);
    setIsSaved(result.ok);
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    saved(result.value);
    form.reset();
  }
  return { isSending, isSaved, problem, submit };
}

function NameForm({ user }: { user: User }) {
  const { api, drafts, session } = useShop();
  const member = useMember('profile-name');
  const { isSending, isSaved, problem, submit } = useSaving(
    (data) => {
      const json = { displayName: textOf(data, 'displayName') };
      return member.act(() =>
        api.asCaller((client, as) => client.api.v1.profile.$put({ json }, as)),
      );
    },
    (renamed: User) => {
      drafts.write(NAME_DRAFT, '');
      const token = session.token();
      if (token) session.start({ ...token, user: renamed });
    },
  );
  const isAtFault = problem?.fields?.some(({ path }) => path === 'displayName');
  const isReserved = problem?.code === 'name_reserved';
  const error = isReserved ? PROBLEM_TEXTS.name_reserved : LAZY_TEXTS.fieldErrors.displayName;
  return (
    <form
      class="form"
      id="profile-name"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <div class="field">
        <span class="field-label">{LAZY_TEXTS.email}</span>
        <p class="profile-email">{user.email}</p>
        <p class="field-hint">{LAZY_TEXTS.emailFixed}</p>
      </div>
      <Field
        name="displayName"
        label={LAZY_TEXTS.displayName}
        type="text"
        autoComplete="name"
        hint={LAZY_TEXTS.displayNameHint}
        maxLength={NAME_CHARS_MAX}
        defaultValue={drafts.read(NAME_DRAFT) || user.displayName}
        onType={(name) => drafts.write(NAME_DRAFT, name)}
        {...(isAtFault && { error })}
      />
      {problem && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button type="submit" isInert={isSending}>
          {isSending ? LAZY_TEXTS.saving : LAZY_TEXTS.saveName}
        </Button>
      </div>
      <output class="saved">{isSaved && LAZY_TEXTS.nameSaved}</output>
    </form>
  );
}

function PasswordForm({ user }: { user: User }) {
  const { api, session } = useShop();
  const member = useMember('profile-password');
  const { isSending, isSaved, problem, submit } = useSaving(
    (data) => {
      const json = {
        currentPassword: textOf(data, 'currentPassword'),
        newPassword: textOf(data, 'newPassword'),
      };
      return member.act(() =>
        api.asCaller((client, as) => client.api.v1.auth.password.$put({ json }, as)),
      );
    },
    (renewed: Session) => session.start(renewed),
  );
  const isWrong = problem?.code === 'invalid_credentials';
  const fault = problem?.fields?.find(({ path }) => path === 'newPassword');
  return (
    <form
      class="form"
      id="profile-password"
      aria-labelledby="profile-password-title"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <div>
        <h2 id="profile-password-title">{LAZY_TEXTS.passwordTitle}</h2>
        <p class="section-lead">{LAZY_TEXTS.passwordLead}</p>
      </div>
      {/* So that a password manager knows whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={user.email} />
      <Field
        name="currentPassword"
        label={LAZY_TEXTS.currentPassword}
        type="password"
        autoComplete="current-password"
        {...(isWrong && { error: LAZY_TEXTS.currentPasswordWrong })}
      />
      <Field
        name="newPassword"
        label={LAZY_TEXTS.newPassword}
        type="password"
        autoComplete="new-password"
        hint={LAZY_TEXTS.passwordHint}
        minLength={PASSWORD_CHARS_MIN}
        {...(fault && { error: passwordError(fault) })}
      />
      {problem && !isWrong && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button type="submit" isInert={isSending}>
          {isSending ? LAZY_TEXTS.saving : LAZY_TEXTS.savePassword}
        </Button>
      </div>
      <output class="saved">{isSaved && LAZY_TEXTS.passwordSaved}</output>
    </form>
  );
}

function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
