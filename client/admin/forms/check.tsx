/** A box or a radio button with its label and its hint, or why it is refused. Must not know what it switches. */
import { useId } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { faultText } from './fault-text.ts';

export interface CheckProps {
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  /** Cannot be switched on; the hint says why. */
  readonly isBarred?: boolean;
  readonly error?: FieldError | undefined;
  /** Makes it one radio button of the group of this name. */
  readonly group?: string;
  onSwitch(isOn: boolean): void;
}

export function Check({ label, hint, isOn, isBarred, error, group, onSwitch }: CheckProps) {
  const id = useId();
  return (
    <label class="check">
      <input
        {...(group === undefined ? { type: 'checkbox' } : { type: 'radio', name: group })}
        checked={isOn}
        disabled={isBarred}
        aria-invalid={error !== undefined}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
      />
      <span>
        <span id={`${id}-label`}>{label}</span>
        <small id={`${id}-hint`} {...(error && { class: 'field-error' })}>
          {error ? faultText(error.message) : hint}
        </small>
      </span>
    </label>
  );
}
