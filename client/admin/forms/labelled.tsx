/** A control with its label, its hint and its fault. Must not know which control. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { faultText } from './fault-text.ts';

export interface ControlProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby'?: string;
  readonly disabled?: boolean;
}

export interface LabelledProps {
  readonly label: string;
  readonly hint?: string;
  /** Why it cannot be changed; undefined where it can. */
  readonly fixed?: string | undefined;
  /** What of the form is at fault, and which of it is this field's. */
  readonly errors?: readonly FieldError[];
  readonly path?: string | undefined;
  children(control: ControlProps): ComponentChildren;
}

export function Labelled({ label, hint, fixed, errors = [], path, children }: LabelledProps) {
  const id = useId();
  const error = errors.find((one) => one.path === path);
  const note = error ? faultText(error.message) : (fixed ?? hint);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        ...(note && { 'aria-describedby': `${id}-note` }),
        ...(fixed !== undefined && { disabled: true }),
      })}
      {note && (
        <p id={`${id}-note`} class={error ? 'field-error' : 'field-hint'}>
          {note}
        </p>
      )}
    </div>
  );
}
