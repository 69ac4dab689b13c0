/** `/profile`: all that is one's own: name, address, password, orders, logins, data, and the end of it. */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { User } from '../../worker/contract/accounts.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Heading } from '../ui/heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useHeadingFocus } from '../ui/use-heading-focus.ts';
import { useDocumentTitle } from '../ui/use-page.ts';
import { createAccountApi } from './account-api.ts';
import { AddressSection } from './address-section.tsx';
import { EmailSection } from './email-section.tsx';
import { textOf } from './form-text.ts';
import { Logins } from './logins.tsx';
import { DeletionSection, OwnDataSection } from './own-data-section.tsx';
import { passwordError } from './password-error.ts';
import { createPasswordChange, createRename, NAME_DRAFT } from './profile-store.ts';
import { useMember } from './use-member.ts';
import { useSignedIn } from './use-signed-in.ts';

const NAME_CHARS_MAX = 60;
const PASSWORD_CHARS_MIN = 8;

/** @param device what is set for this device alone, from above this layer */
export function ProfileScreen({ device }: { device?: ComponentChildren }) {
  useDocumentTitle(LAZY_TEXTS.profileTitle);
  useHeadingFocus();
  const user = useSignedIn('/profile');
  return (
    <div class="profile">
      <Heading>{LAZY_TEXTS.profileTitle}</Heading>
      {user && (
        <>
          <NameForm key={user.id} user={user} />
          <EmailSection user={user} />
          <AddressSection key={`address of ${user.id}`} />
          <PasswordForm user={user} />
          <section aria-labelledby="profile-orders">
            <h2 id="profile-orders">
              <a href="/orders">{TEXTS.orders}</a>
            </h2>
            <p class="section-lead">{LAZY_TEXTS.ordersLead}</p>
          </section>
          {device}
          <Logins key={`logins of ${user.id}`} />
          <OwnDataSection />
          <DeletionSection />
        </>
      )}
    </div>
  );
}

function NameForm({ user }: { user: User }) {
  const shop = useShop();
  const { drafts } = shop;
  const { act } = useMember('profile-name');
  const { state, submit } = useMemo(
    () => createRename({ ...shop, api: createAccountApi(shop.api), act }),
    [shop],
  );
  const { isSending, isSaved, problem } = state.value;
  const isAtFault = problem?.fields?.some(({ path }) => path === 'displayName');
  const isReserved = problem?.code === 'name_reserved';
  const error = isReserved ? PROBLEM_TEXTS.name_reserved : LAZY_TEXTS.fieldErrors.displayName;
  return (
    <form
      class="form"
      id="profile-name"
      onSubmit={(event) => {
        event.preventDefault();
        void sendForm(event.currentTarget, (data) =>
          submit({ displayName: textOf(data, 'displayName') }),
        );
      }}
    >
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
  const shop = useShop();
  const { act } = useMember('profile-password');
  const { state, submit } = useMemo(
    () => createPasswordChange({ ...shop, api: createAccountApi(shop.api), act }),
    [shop],
  );
  const { isSending, isSaved, problem } = state.value;
  const isWrong = problem?.code === 'invalid_credentials';
  const fault = problem?.fields?.find(({ path }) => path === 'newPassword');
  return (
    <form
      class="form"
      id="profile-password"
      aria-labelledby="profile-password-title"
      onSubmit={(event) => {
        event.preventDefault();
        void sendForm(event.currentTarget, (data) =>
          submit({
            currentPassword: textOf(data, 'currentPassword'),
            newPassword: textOf(data, 'newPassword'),
          }),
        );
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

/** What is saved is what the form begins with from now on. */
async function sendForm(form: HTMLFormElement, submit: (data: FormData) => Promise<boolean>) {
  if (await submit(new FormData(form))) form.reset();
}
