/**
 * One labelled input of a form, with its hint and its fault. What the browser finds wrong is shown here
 * in the shop's words, in place of the browser's bubble. Must not keep its value.
 */

import type { InputHTMLAttributes } from 'preact';
import { useId, useState } from 'preact/hooks';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'password';
  readonly autoComplete: string;
  readonly hint?: string;
  readonly error?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly defaultValue?: string;
  onType?(text: string): void;
}

export function Field(props: FieldProps) {
  const { name, label, type, autoComplete, hint, error, onType, ...rest } = props;
  const id = useId();
  const noteId = `${id}-note`;
  const [found, setFound] = useState<string>();
  const fault = found ?? error;
  const note = fault ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        required
        aria-invalid={fault !== undefined}
        onInvalid={(event) => {
          event.preventDefault();
          setFound(faultOf(event.currentTarget));
          focusFirst(event.currentTarget);
        }}
        onInput={({ currentTarget }) => {
          setFound(undefined);
          onType?.(currentTarget.value);
        }}
        {...(note && { 'aria-describedby': noteId })}
        {...rest}
      />
      {note && (
        <p id={noteId} class={fault ? 'field-error' : 'field-hint'}>
          {note}
        </p>
      )}
    </div>
  );
}

function faultOf({ name, validity }: HTMLInputElement): string {
  if (validity.valueMissing) return LAZY_TEXTS.fieldMissing;
  if (validity.typeMismatch) return LAZY_TEXTS.fieldErrors.email;
  return name === 'displayName'
    ? LAZY_TEXTS.fieldErrors.displayName
    : LAZY_TEXTS.fieldErrors.password;
}

/** As the browser would, had it shown its bubble. */
function focusFirst(input: HTMLInputElement) {
  if (input.form?.querySelector('input:invalid') === input) input.focus();
}

type InputProps = Omit<InputHTMLAttributes, 'type' | 'role' | 'list'> & Pick<FieldProps, 'type'>;

/** Preact 11 types each kind of input apart, so each is written out. */
function Input({ type, ...attributes }: InputProps) {
  switch (type) {
    case 'email':
      return <input type="email" {...attributes} />;
    case 'password':
      return <input type="password" {...attributes} />;
    case 'text':
      return <input type="text" dir="auto" {...attributes} />;
    default:
      return type satisfies never;
  }
}
