/** Who may buy in a sale, on the form of its plan. Must not decide what is allowed: the server does. */
import { useId } from 'preact/hooks';
import { useShop } from '../../shop/shop.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { PartOfForm } from './event-draft.ts';

type Condition = 'requireVerifiedEmail' | 'oneLimitPerMailbox';

export function ConditionFields({ draft, change }: Pick<PartOfForm, 'draft' | 'change'>) {
  const { sendsMail } = useShop();
  const { conditions, requireVerifiedEmail, oneLimitPerMailbox } = ADMIN_TEXTS;
  // What is on already can be switched off, whatever became of the mail since.
  const isBarred = !sendsMail && !draft.requireVerifiedEmail;
  const check = (name: Condition) => ({
    isOn: draft[name],
    onSwitch: (isOn: boolean) => change({ [name]: isOn }),
  });
  return (
    <fieldset class="conditions">
      <legend>{conditions.title}</legend>
      <Check
        {...check('requireVerifiedEmail')}
        label={requireVerifiedEmail}
        hint={sendsMail ? conditions.verifiedHint : conditions.verifiedBarred}
        isBarred={isBarred}
      />
      <Check
        {...check('oneLimitPerMailbox')}
        label={oneLimitPerMailbox}
        hint={conditions.mailboxHint}
      />
    </fieldset>
  );
}

interface CheckProps {
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  /** Cannot be switched on; the hint says why. */
  readonly isBarred?: boolean;
  onSwitch(isOn: boolean): void;
}

function Check({ label, hint, isOn, isBarred = false, onSwitch }: CheckProps) {
  const id = useId();
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isBarred}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
      />
      <span>
        <span id={`${id}-label`}>{label}</span>
        <small id={`${id}-hint`}>{hint}</small>
      </span>
    </label>
  );
}
