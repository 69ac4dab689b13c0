/** Who is served first in a sale, and how its queue is, on the form of its plan. */
import { useId } from 'preact/hooks';
import { exactTime } from '../../format/exact-time.ts';
import { useShop } from '../../shop/shop.ts';
import { Check } from '../forms/check.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { PartOfForm } from './event-draft.ts';

export interface AdmissionFieldsProps extends PartOfForm {
  /** As saved, while the form's times are; null where that is not known yet. */
  readonly entriesCloseAt: string | null;
}

const FORMATS = ['first_come', 'draw'] as const;

export function AdmissionFields(props: AdmissionFieldsProps) {
  const { draft, errors, promised, entriesCloseAt, change } = props;
  const { locale } = useShop();
  const group = useId();
  const fixed = useId();
  const { plan } = ADMIN_TEXTS.queue;
  const closes = entriesCloseAt && exactTime(entriesCloseAt, locale);
  return (
    <fieldset
      class="conditions"
      disabled={promised !== null}
      {...(promised && { 'aria-describedby': fixed })}
    >
      <legend>{ADMIN_TEXTS.admission}</legend>
      {promised && (
        <p class="field-hint" id={fixed}>
          {plan.fixed}
        </p>
      )}
      {FORMATS.map((format) => (
        <Check
          key={format}
          group={group}
          label={plan.formats[format]}
          hint={plan.formatHints[format]}
          isOn={draft.admission === format}
          error={draft.admission === format ? faultOf(errors, 'admission') : undefined}
          onSwitch={() => change({ admission: format })}
        />
      ))}
      {draft.admission === 'draw' && (
        <p class="field-hint">{closes ? plan.entriesClose(closes) : plan.entriesCloseBefore}</p>
      )}
      <Check
        label={ADMIN_TEXTS.waitlist}
        hint={plan.waitlistHints[draft.admission]}
        isOn={draft.waitlist}
        error={faultOf(errors, 'waitlist')}
        onSwitch={(waitlist) => change({ waitlist })}
      />
      <Labelled
        label={ADMIN_TEXTS.offerSeconds}
        hint={plan.offerHint}
        errors={errors}
        path="offerSeconds"
      >
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="numeric"
            value={draft.offerSeconds}
            onInput={({ currentTarget }) => change({ offerSeconds: currentTarget.value })}
          />
        )}
      </Labelled>
    </fieldset>
  );
}

function faultOf(errors: PartOfForm['errors'], name: 'admission' | 'waitlist') {
  return errors.find(({ path }) => path === name);
}
