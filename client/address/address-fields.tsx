/** The fields of an address, called as they are in its country. Must not keep what is typed. */
import type { ComponentChildren } from 'preact';
import { useId, useMemo } from 'preact/hooks';
import type { CountryRules } from '../../worker/contract/address-rules.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { LANGUAGE } from '../texts/texts.ts';
import { hasChoice, isRequired, PART_CHARS_MAX, type Part } from './address-draft.ts';
import { namedCountries } from './country-names.ts';
import { partNamesIn } from './part-names.ts';

/** What browsers fill in by. */
const AUTOCOMPLETE = {
  name: 'shipping name',
  company: 'shipping organization',
  line1: 'shipping address-line1',
  line2: 'shipping address-line2',
  postalCode: 'shipping postal-code',
  city: 'shipping address-level2',
  region: 'shipping address-level1',
  phone: 'shipping tel',
} as const satisfies Record<Part, string>;

export interface CountryFieldProps {
  /** Those that can be chosen. */
  readonly countries: readonly string[];
  readonly value: string;
  readonly fault: string | undefined;
  onChoose(country: string): void;
}

export function CountryField({ countries: codes, value, fault, onChoose }: CountryFieldProps) {
  const { country, choose } = LAZY_TEXTS.address;
  const countries = useMemo(() => namedCountries(codes), [codes, LANGUAGE]);
  return (
    <Labelled label={country} fault={fault}>
      {(control) => (
        <select
          {...control}
          required
          name="country"
          autoComplete="shipping country"
          value={value}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          {value === '' && <option value="">{choose}</option>}
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export interface PartFieldProps {
  readonly part: Part;
  readonly country: string;
  readonly rules: CountryRules;
  readonly value: string;
  readonly fault: string | undefined;
  onType(text: string): void;
}

export function PartField({ part, country, rules, value, fault, onType }: PartFieldProps) {
  const { address: texts } = LAZY_TEXTS;
  const required = isRequired(rules, part);
  const label = labelOf(part, country);
  const labelled = {
    label: required ? label : texts.optional(label),
    fault,
    ...(part === 'phone' && { hint: texts.phoneHint }),
  };
  const field = { name: part, autoComplete: AUTOCOMPLETE[part], required };
  if (part === 'region' && hasChoice(rules)) {
    return (
      <Labelled {...labelled}>
        {(control) => (
          <select
            {...control}
            {...field}
            value={value}
            onChange={({ currentTarget }) => onType(currentTarget.value)}
          >
            <option value="">{texts.choose}</option>
            {[...rules.regions].map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    );
  }
  const typed = {
    ...field,
    maxLength: PART_CHARS_MAX[part],
    value,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      onType(currentTarget.value),
  };
  return (
    <Labelled {...labelled}>
      {(control) =>
        part === 'phone' ? (
          <input type="tel" {...control} {...typed} />
        ) : (
          <input type="text" dir="auto" {...control} {...typed} />
        )
      }
    </Labelled>
  );
}

function labelOf(part: Part, country: string): string {
  const { address: texts } = LAZY_TEXTS;
  const names = partNamesIn(country);
  switch (part) {
    case 'postalCode':
      return texts.postalCode[names.postalCode];
    case 'city':
      return texts.city[names.city];
    case 'region':
      return texts.region[names.region];
    default:
      return texts[part];
  }
}

interface LabelledProps {
  readonly label: string;
  readonly hint?: string;
  readonly fault: string | undefined;
  children(control: Control): ComponentChildren;
}

interface Control {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby'?: string;
}

function Labelled({ label, hint, fault, children }: LabelledProps) {
  const id = useId();
  const note = fault ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-invalid': fault !== undefined,
        ...(note !== undefined && { 'aria-describedby': `${id}-note` }),
      })}
      {note !== undefined && (
        <p id={`${id}-note`} class={fault === undefined ? 'field-hint' : 'field-error'}>
          {note}
        </p>
      )}
    </div>
  );
}
