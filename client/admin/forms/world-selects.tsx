/** The world's time zones and currencies, as the browser knows them, to choose from. */
import type { FieldError } from '../../../worker/contract/problems.ts';
import { LANGUAGE } from '../../texts/texts.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { Labelled } from './labelled.tsx';

export interface WorldSelectProps {
  readonly value: string;
  readonly errors: readonly FieldError[];
  /** Why it cannot be changed; undefined where it can. */
  readonly fixed?: string | undefined;
  onChoose(value: string): void;
}

export function TimeZoneSelect({ value, errors, fixed, onChoose }: WorldSelectProps) {
  // Not every browser lists UTC, nor the alias that it gives its own zone.
  const zones = new Set(['UTC', value, ...Intl.supportedValuesOf('timeZone')]);
  return (
    <Labelled
      label={ADMIN_TEXTS.timeZone}
      hint={ADMIN_TEXTS.timeZoneHint}
      fixed={fixed}
      errors={errors}
      path="timeZone"
    >
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          {[...zones].toSorted().map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export function CurrencySelect({ value, errors, fixed, onChoose }: WorldSelectProps) {
  const names = new Intl.DisplayNames(LANGUAGE, { type: 'currency' });
  return (
    <Labelled label={ADMIN_TEXTS.currency} fixed={fixed} errors={errors} path="currency">
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          {[...new Set([value, ...Intl.supportedValuesOf('currency')])].toSorted().map((code) => (
            <option key={code} value={code}>
              {code} · {names.of(code)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
