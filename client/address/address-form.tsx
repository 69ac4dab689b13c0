/** Where something is sent: the country first, and the parts that an address has there. Must not send it. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Address } from '../../worker/contract/address.ts';
import { countryCodes, countryRulesOf } from '../../worker/contract/address-rules.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { useShop } from '../shop/shop.ts';
import { useDraft } from '../shop/use-draft.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import {
  type AddressDraft,
  type AddressFaults,
  draftOfAddress,
  faultsIn,
  faultsOf,
  inCountry,
  notDeliveredTo,
  partsToFill,
  readAddress,
} from './address-draft.ts';
import { CountryField, PartField } from './address-fields.tsx';
import { likelyCountry } from './country-names.ts';

export interface AddressFormProps {
  /** What its draft is called. */
  readonly name: string;
  /** What it begins with. */
  readonly start: Address | null;
  /** On its button. */
  readonly action: string;
  readonly isSending: boolean;
  /** Cannot be sent now. */
  readonly isInert?: boolean;
  readonly problem: CallProblem | null;
  /** Asks whether it is to be kept for the next order. */
  readonly asksToKeep?: boolean;
  /** Those that can be chosen; all where it is left out. */
  readonly countries?: readonly string[] | undefined;
  /** @returns whether it was taken */
  onSubmit(address: Address, isToBeKept: boolean): Promise<boolean>;
  /** Leaves it as it was; undefined where there is nothing to leave. */
  onCancel?: (() => void) | undefined;
}

const NO_FAULTS: AddressFaults = {};

interface Filled extends AddressDraft {
  readonly isToBeKept: boolean;
}

export function AddressForm(props: AddressFormProps) {
  const { action, isSending, isInert = false, problem, asksToKeep } = props;
  const { address: texts } = LAZY_TEXTS;
  const { form, countries, fields, faults, isNamed, set, keep, forget, submit } =
    useAddressForm(props);
  const rules = countryRulesOf(fields.country);
  return (
    <form
      ref={form}
      class="form address-form"
      aria-label={texts.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <CountryField
        countries={countries}
        value={fields.country}
        fault={faults.country}
        onChoose={(country) => set('country', country)}
      />
      {rules &&
        partsToFill(rules).map((part) => (
          <PartField
            key={part}
            part={part}
            country={fields.country}
            rules={rules}
            value={fields[part]}
            fault={faults[part]}
            onType={(text) => set(part, text)}
          />
        ))}
      {asksToKeep && <Keep isOn={fields.isToBeKept} onSwitch={keep} />}
      {Object.keys(faults).length > 0 && (
        <p class="notice" role="alert">
          {texts.check}
        </p>
      )}
      {problem && !isNamed && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button type="submit" isInert={isSending || isInert}>
          {isSending ? texts.saving : action}
        </Button>
        {props.onCancel && (
          <Button
            kind="quiet"
            onPress={() => {
              forget();
              props.onCancel?.();
            }}
          >
            {texts.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What is typed, what is wrong with it, and the way to send it. */
function useAddressForm(props: AddressFormProps) {
  const { name, start, isSending, isInert, problem, onSubmit } = props;
  const { locale } = useShop();
  const countries = useMemo(() => props.countries ?? countryCodes(), [props.countries]);
  const country = countries.length === 1 ? countries.join() : likelyCountry(locale);
  const first = { ...draftOfAddress(start, country), isToBeKept: false };
  const { fields: typed, change, forget } = useDraft<Filled>({ name, base: start }, first);
  const elsewhere = countries.includes(typed.country) ? '' : typed.country;
  const fields = elsewhere === '' ? typed : { ...typed, country: '' };
  const [found, setFound] = useState(NO_FAULTS);
  /** What the server was sent last: a part that was changed since is not at fault any more. */
  const [sent, setSent] = useState<AddressDraft | null>(null);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const told = problem && sent ? faultsOf(problem, sent) : NO_FAULTS;
  const seen = start && elsewhere === start.country ? notDeliveredTo(elsewhere) : NO_FAULTS;
  const faults =
    Object.keys(found).length > 0 ? found : { ...seen, ...unchanged(told, sent, fields) };
  // Not whenever a fault goes: somebody is typing then.
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries, problem]);

  function set(part: keyof AddressDraft, text: string) {
    const { [part]: _, ...others } = found;
    setFound(others);
    change(part === 'country' ? inCountry(fields, text) : { [part]: text });
  }
  async function submit() {
    if (isSending || isInert) return;
    const wrong = faultsIn(fields);
    setFound(wrong);
    setTries(tries + 1);
    if (Object.keys(wrong).length > 0) return;
    setSent(fields);
    if (await onSubmit(readAddress(fields), fields.isToBeKept)) forget();
  }
  return {
    form,
    countries,
    fields,
    faults,
    /** Whether what was refused last is said at a part. */
    isNamed: Object.keys(told).length > 0,
    set,
    keep: (isToBeKept: boolean) => change({ isToBeKept }),
    forget,
    submit,
  };
}

function Keep({ isOn, onSwitch }: { isOn: boolean; onSwitch(isOn: boolean): void }) {
  return (
    <label class="keep-address">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
      />
      <span>{LAZY_TEXTS.address.keep}</span>
    </label>
  );
}

/** Those of parts that are still as they were sent. */
function unchanged(faults: AddressFaults, sent: AddressDraft | null, now: AddressDraft) {
  const parts = Object.entries(faults) as [keyof AddressDraft, string][];
  return Object.fromEntries(parts.filter(([part]) => sent?.[part] === now[part])) as AddressFaults;
}
