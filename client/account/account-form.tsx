/** The form that signs in or registers. Must not send anything. */

import type { ComponentChildren } from 'preact';
import type { CallProblem } from '../api/call-problem.ts';
import type { Drafts } from '../page/drafts.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field, type FieldProps } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { readAccountDraft, writeAccountDraft } from './account-drafts.ts';
import { passwordError } from './password-error.ts';

/** The server decides; checked here too, so that nobody has to send the form to learn it. */
const PASSWORD_CHARS_MIN = 8;

export type AccountFieldName = 'email' | 'password' | 'displayName';

export interface AccountFormProps {
  readonly kind: 'signIn' | 'register';
  readonly isSending: boolean;
  readonly problem: CallProblem | null;
  readonly children: ComponentChildren;
  onSubmit(fields: Record<AccountFieldName, string>): void;
}

export function AccountForm({ kind, isSending, problem, children, onSubmit }: AccountFormProps) {
  const { drafts } = useShop();
  const isNew = kind === 'register';
  const wait = isNew ? LAZY_TEXTS.registering : LAZY_TEXTS.signingIn;
  return (
    <form
      class="form"
      onInput={({ target }) => writeAccountDraft(drafts, target as HTMLInputElement)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending) onSubmit(fieldsOf(event.currentTarget));
      }}
    >
      {fieldsFor(isNew).map((field) => (
        <Field
          key={field.name}
          {...field}
          {...draftOf(field.name, drafts)}
          {...errorOf(field.name, problem)}
        />
      ))}
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" isInert={isSending}>
        {isSending ? wait : isNew ? LAZY_TEXTS.register : TEXTS.signIn}
      </Button>
      <p class="form-other">{children}</p>
    </form>
  );
}

function draftOf(field: string, drafts: Drafts) {
  const defaultValue = readAccountDraft(drafts, field);
  return defaultValue === undefined ? {} : { defaultValue };
}

function fieldsFor(isNew: boolean): (FieldProps & { name: AccountFieldName })[] {
  const email = {
    name: 'email',
    label: LAZY_TEXTS.email,
    type: 'email',
    autoComplete: 'username',
  } as const;
  const password = { name: 'password', label: LAZY_TEXTS.password, type: 'password' } as const;
  if (!isNew) return [email, { ...password, autoComplete: 'current-password' }];
  return [
    {
      name: 'displayName',
      label: LAZY_TEXTS.displayName,
      type: 'text',
      autoComplete: 'name',
      hint: LAZY_TEXTS.displayNameHint,
      maxLength: 60,
    },
    email,
    {
      ...password,
      autoComplete: 'new-password',
      hint: LAZY_TEXTS.passwordHint,
      minLength: PASSWORD_CHARS_MIN,
    },
  ];
}

function errorOf(name: AccountFieldName, problem: CallProblem | null) {
  const fault = problem?.fields?.find(({ path }) => path === name);
  if (fault === undefined) return {};
  if (problem?.code === 'name_reserved') return { error: PROBLEM_TEXTS.name_reserved };
  return { error: name === 'password' ? passwordError(fault) : LAZY_TEXTS.fieldErrors[name] };
}

function fieldsOf(form: HTMLFormElement): Record<AccountFieldName, string> {
  const data = new FormData(form);
  const textOf = (name: AccountFieldName) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    email: textOf('email'),
    password: textOf('password'),
    displayName: textOf('displayName'),
  };
}
