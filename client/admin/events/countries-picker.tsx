/** Countries by their names, added from a list and removed one by one. Must not know what for. */
import { useId, useRef } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { countryName, namedCountries } from '../../address/country-names.ts';
import { LateAddress } from '../../address/late-address.tsx';
import { Button } from '../../ui/button.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { EU_COUNTRIES, type ShippingDraft } from './delivery-draft.ts';

export interface CountriesPickerProps {
  readonly chosen: readonly string[];
  /** Those that cannot be added: they are chosen here or elsewhere. */
  readonly taken: ReadonlySet<string>;
  readonly errors: readonly FieldError[];
  readonly path: string;
  onChoose(countries: readonly string[]): void;
}

export function CountriesPicker({ chosen, taken, errors, path, onChoose }: CountriesPickerProps) {
  const { deliveries: texts } = ADMIN_TEXTS;
  const picker = useRef<HTMLDivElement>(null);
  const list = useId();
  const ofEu = EU_COUNTRIES.filter((code) => !taken.has(code));
  return (
    <div class="countries" ref={picker}>
      {chosen.length > 0 && (
        <ul class="countries-chosen" id={list}>
          {namedCountries(chosen).map(({ code, name }) => (
            <li key={code}>
              <span>{name}</span>
              <Button
                kind="plain"
                label={texts.removeCountry(name)}
                onPress={() => {
                  onChoose(chosen.filter((one) => one !== code));
                  // The button is gone with its country.
                  picker.current?.querySelector('select')?.focus();
                }}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <LateAddress>
        {({ countryCodes }) => {
          const left = countryCodes().filter((code) => !taken.has(code));
          return (
            <Labelled
              label={texts.countries}
              {...(left.length === 0 && { hint: texts.allThere })}
              errors={errors}
              path={path}
            >
              {(control) => (
                <select
                  {...control}
                  value=""
                  onChange={({ currentTarget }) => {
                    const { value } = currentTarget;
                    currentTarget.value = '';
                    if (value !== '') onChoose([...chosen, value]);
                  }}
                >
                  <option value="">{texts.pick}</option>
                  {namedCountries(left).map(({ code, name }) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          );
        }}
      </LateAddress>
      {ofEu.length > 1 && (
        <Button kind="quiet" onPress={() => onChoose([...chosen, ...ofEu])}>
          {texts.addEu}
        </Button>
      )}
    </div>
  );
}

/** More names than that are counted. */
const NAMES_MAX = 3;

/** A group in one line of words. */
export function shippingText({ countries, isElsewhere, price }: ShippingDraft): string {
  const { deliveries: texts } = ADMIN_TEXTS;
  return texts.line(isElsewhere ? texts.elsewhere : countriesText(countries), price);
}

/** Few by name, many by number. */
function countriesText(countries: readonly string[]): string {
  return countries.length > NAMES_MAX
    ? ADMIN_TEXTS.deliveries.countryCount(countries.length)
    : countries.map(countryName).join(', ');
}
