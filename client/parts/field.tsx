/** One labelled input of a form, with its hint and its fault. Must not keep its value. */
import type { InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

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
  const note = error ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        required
        aria-invalid={error !== undefined}
        {...(onType && { onInput: ({ currentTarget }) => onType(currentTarget.value) })}
        {...(note && { 'aria-describedby': noteId })}
        {...rest}
      />
      {note && (
        <p id={noteId} class={error ? 'field-error' : 'field-hint'}>
          {note}
        </p>
      )}
    </div>
  );
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
