/** What a sale is called, and when it is, on the form of its plan. */
import { DescriptionField } from '../forms/description-field.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { TranslationsFields } from '../forms/translations-fields.tsx';
import { CurrencySelect, TimeZoneSelect } from '../forms/world-selects.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { PartOfForm } from './event-draft.ts';

export function WordFields({ draft, errors, change }: Omit<PartOfForm, 'promised'>) {
  return (
    <>
      <Labelled label={ADMIN_TEXTS.eventTitle} errors={errors} path="title">
        {(control) => (
          <input
            {...control}
            type="text"
            dir="auto"
            maxLength={120}
            value={draft.title}
            onInput={({ currentTarget }) => change({ title: currentTarget.value })}
          />
        )}
      </Labelled>
      <DescriptionField value={draft.description} errors={errors} change={change} />
      <TranslationsFields
        line="title"
        label={ADMIN_TEXTS.eventTitle}
        value={draft.translations}
        errors={errors}
        change={change}
      />
    </>
  );
}

export function TimeFields({ draft, errors, promised, change }: PartOfForm) {
  const { fixed, onlyLater } = ADMIN_TEXTS.queue.plan;
  const isFixed = promised ? fixed : undefined;
  return (
    <>
      <div class="field-pair">
        {(['startsAt', 'endsAt'] as const).map((name) => (
          <Labelled
            key={name}
            label={ADMIN_TEXTS[name]}
            {...(name === 'startsAt' ? { fixed: isFixed } : promised && { hint: onlyLater })}
            errors={errors}
            path={name}
          >
            {(control) => (
              <input
                {...control}
                type="datetime-local"
                value={draft[name]}
                onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
              />
            )}
          </Labelled>
        ))}
      </div>
      <TimeZoneSelect
        value={draft.timeZone}
        fixed={isFixed}
        errors={errors}
        onChoose={(timeZone) => change({ timeZone })}
      />
      <div class="field-pair">
        <Labelled
          label={ADMIN_TEXTS.holdSeconds}
          hint={ADMIN_TEXTS.holdHint}
          fixed={isFixed}
          errors={errors}
          path="holdSeconds"
        >
          {(control) => (
            <input
              {...control}
              type="text"
              inputMode="numeric"
              value={draft.holdSeconds}
              onInput={({ currentTarget }) => change({ holdSeconds: currentTarget.value })}
            />
          )}
        </Labelled>
        <CurrencySelect
          value={draft.currency}
          fixed={isFixed}
          errors={errors}
          onChoose={(currency) => change({ currency })}
        />
      </div>
    </>
  );
}
