/** How the orders of a sale become confirmed, on the form of its plan. Must not decide what is allowed: the server does. */
import { useId } from 'preact/hooks';
import { Check } from '../forms/check.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { PartOfForm } from './event-draft.ts';
import { takesPayments } from './takes-payments.ts';

const KINDS = ['online', 'none'] as const;

export function PaymentFields({ draft, errors, promised, change }: PartOfForm) {
  const isPossible = takesPayments();
  const group = useId();
  const fixed = useId();
  const { payment, payments } = ADMIN_TEXTS;
  // What is planned already can be switched off, whatever became of the provider since.
  const isBarred = !isPossible && draft.payment !== 'online';
  return (
    <fieldset
      class="conditions"
      disabled={promised !== null}
      {...(promised && { 'aria-describedby': fixed })}
    >
      <legend>{payment}</legend>
      {promised && (
        <p class="field-hint" id={fixed}>
          {ADMIN_TEXTS.queue.plan.fixed}
        </p>
      )}
      {KINDS.map((kind) => (
        <Check
          key={kind}
          group={group}
          label={payments.kinds[kind]}
          hint={kind === 'online' && !isPossible ? payments.barred : payments.hints[kind]}
          isOn={draft.payment === kind}
          isBarred={kind === 'online' && isBarred}
          error={draft.payment === kind ? errors.find(({ path }) => path === 'payment') : undefined}
          onSwitch={() => change({ payment: kind })}
        />
      ))}
    </fieldset>
  );
}
