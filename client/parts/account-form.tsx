/** The form that signs in or registers. Must not send anything. */
import type { ComponentChildren } from 'preact';
import type { CallProblem } from '../state/call-problem.ts';
import { passwordError } from '../state/password-error.ts';
import { TEXTS } from '../texts.ts';
import { Button } from './button.tsx';
import { Field, type FieldProps } from './field.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** The server decides; said here so that one learns it before sending. */
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
  const isNew = kind === 'register';
  const wait = isNew ? TEXTS.registering : TEXTS.signingIn;
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending) onSubmit(fieldsOf(event.currentTarget));
      }}
    >
      {fieldsFor(isNew).map((field) => (
        <Field key={field.name} {...field} {...errorOf(field.name, problem)} />
      ))}
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" isInert={isSending}>
        {isSending ? wait : isNew ? TEXTS.register : TEXTS.signIn}
      </Button>
      <p class="form-other">{children}</p>
    </form>
  );
}

function fieldsFor(isNew: boolean): (FieldProps & { name: AccountFieldName })[] {
  const email = {
    name: 'email',
    label: TEXTS.email,
    type: 'email',
    autoComplete: 'username',
  } as const;
  const password = { name: 'password', label: TEXTS.password, type: 'password' } as const;
  if (!isNew) return [email, { ...password, autoComplete: 'current-password' }];
  return [
    {
      name: 'displayName',
      label: TEXTS.displayName,
      type: 'text',
      autoComplete: 'name',
      hint: TEXTS.displayNameHint,
      maxLength: 60,
    },
    email,
    {
      ...password,
      autoComplete: 'new-password',
      hint: TEXTS.passwordHint,
      minLength: PASSWORD_CHARS_MIN,
    },
  ];
}

function errorOf(name: AccountFieldName, problem: CallProblem | null) {
  const fault = problem?.fields?.find(({ path }) => path === name);
  if (fault === undefined) return {};
  return { error: name === 'password' ? passwordError(fault) : TEXTS.fieldErrors[name] };
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
