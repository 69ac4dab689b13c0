/** Who may buy in a sale, on the form of its plan. Must not decide what is allowed: the server does. */
import { useId } from 'preact/hooks';
import { useShop } from '../../shop/shop.ts';
import { Check } from '../forms/check.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { PartOfForm } from './event-draft.ts';

type Condition = 'requireVerifiedEmail' | 'oneLimitPerMailbox';

/**
 * One limit for a mailbox goes with verified addresses only, so switching on the one switches on the
 * other, and off likewise.
 */
export function ConditionFields({ draft, errors, promised, change }: PartOfForm) {
  const fixed = useId();
  const { sendsMail } = useShop();
  const { conditions, requireVerifiedEmail, oneLimitPerMailbox } = ADMIN_TEXTS;
  const check = (name: Condition) => ({
    isOn: draft[name],
    // What is on already can be switched off, whatever became of the mail since.
    isBarred: !sendsMail && !draft[name],
    error: errors.find(({ path }) => path === name),
  });
  return (
    <fieldset
      class="conditions"
      disabled={promised !== null}
      {...(promised && { 'aria-describedby': fixed })}
    >
      <legend>{conditions.title}</legend>
      {promised && (
        <p class="field-hint" id={fixed}>
          {ADMIN_TEXTS.queue.plan.fixed}
        </p>
      )}
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
