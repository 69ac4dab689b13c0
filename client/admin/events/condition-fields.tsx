/** Who may buy in a sale, on the form of its plan. Must not decide what is allowed: the server does. */
import { useId } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { useShop } from '../../shop/shop.ts';
import { faultText } from '../forms/fault-text.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { PartOfForm } from './event-draft.ts';

type Condition = 'requireVerifiedEmail' | 'oneLimitPerMailbox';

/**
 * One limit for a mailbox goes with verified addresses only, so switching on the one switches on the
 * other, and off likewise.
 */
export function ConditionFields({ draft, errors, change }: PartOfForm) {
  const { sendsMail } = useShop();
  const { conditions, requireVerifiedEmail, oneLimitPerMailbox } = ADMIN_TEXTS;
  const check = (name: Condition) => ({
    isOn: draft[name],
    // What is on already can be switched off, whatever became of the mail since.
    isBarred: !sendsMail && !draft[name],
    error: errors.find(({ path }) => path === name),
  });
  return (
    <fieldset class="conditions">
      <legend>{conditions.title}</legend>
      <Check
        {...check('requireVerifiedEmail')}
        label={requireVerifiedEmail}
        hint={sendsMail ? conditions.verifiedHint : conditions.verifiedBarred}
        onSwitch={(isOn) =>
          change({ requireVerifiedEmail: isOn, ...(!isOn && { oneLimitPerMailbox: false }) })
        }
      />
      <Check
        {...check('oneLimitPerMailbox')}
        label={oneLimitPerMailbox}
        hint={sendsMail ? conditions.mailboxHint : conditions.mailboxBarred}
        onSwitch={(isOn) =>
          change({ oneLimitPerMailbox: isOn, ...(isOn && { requireVerifiedEmail: true }) })
        }
      />
    </fieldset>
  );
}

interface CheckProps {
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  /** Cannot be switched on; the hint says why. */
  readonly isBarred: boolean;
  readonly error: FieldError | undefined;
  onSwitch(isOn: boolean): void;
}

function Check({ label, hint, isOn, isBarred, error, onSwitch }: CheckProps) {
  const id = useId();
  return (
    <label class="check">
      <input
        type="checkbox"
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
