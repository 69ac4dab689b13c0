/** An address as its form holds it, what is wrong with it, and what is sent of it. Pure. */
import type { Address, AddressPart } from '../../worker/contract/address.ts';
import {
  addressPartFaults,
  type CountryRules,
  countryRulesOf,
} from '../../worker/contract/address-rules.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { countryName } from './country-names.ts';

/** All but the country, which the other ones depend on. */
export type Part = Exclude<AddressPart, 'country'>;
/** Empty where nothing was typed or chosen. */
export type AddressDraft = Readonly<Record<AddressPart, string>>;
/** By part, in words. */
export type AddressFaults = Readonly<Partial<Record<AddressPart, string>>>;

/** As the contract has them. */
export const PART_CHARS_MAX: Readonly<Record<Part, number>> = {
  name: 100,
  company: 100,
  line1: 120,
  line2: 120,
  postalCode: 20,
  city: 80,
  region: 80,
  phone: 30,
};

const EMPTY: AddressDraft = {
  country: '',
  name: '',
  company: '',
  line1: '',
  line2: '',
  postalCode: '',
  city: '',
  region: '',
  phone: '',
};

/** @param country where nothing else is known; empty for none */
export function draftOfAddress(address: Address | null, country: string): AddressDraft {
  const isKnown = countryRulesOf(country) !== undefined;
  const given = Object.entries(address ?? { country: isKnown ? country : '' });
  return { ...EMPTY, ...Object.fromEntries(given.filter(([, text]) => text !== undefined)) };
}

/** In the order in which one fills them in; none before the country is chosen. */
export function partsToFill(rules: CountryRules | undefined): Part[] {
  if (rules === undefined) return [];
  const local = rules.written.filter((part) => part !== 'line1');
  return ['name', 'company', 'line1', 'line2', ...local, 'phone'];
}

export function isRequired(rules: CountryRules, part: Part): boolean {
  return part === 'name' || part === 'line1' || rules.required.has(part as never);
}

/** Another country has another form: a region that it does not have is forgotten. */
export function inCountry(draft: AddressDraft, country: string): AddressDraft {
  const { regions } = countryRulesOf(country) ?? { regions: new Map() };
  const isKnown = regions.size === 0 || regions.has(draft.region);
  return { ...draft, country, region: isKnown ? draft.region : '' };
}

/** What can be seen here already; all else is found by the server. */
export function faultsIn(draft: AddressDraft): AddressFaults {
  const { faults } = LAZY_TEXTS.address;
  const address = readAddress(draft);
  const missing = (['name', 'line1'] as const).filter((part) => address[part] === '');
  const found = addressPartFaults(address).map(
    ({ part, fault }) => [part, faultText(part, fault, draft)] as const,
  );
  const isNowhere = found.some(([part]) => part === 'country');
  return Object.fromEntries([
    ...(isNowhere ? [] : missing.map((part) => [part, faults.missing] as const)),
    ...found,
  ]);
}

/** @param problem why the server would not take the draft */
export function faultsOf(problem: CallProblem, draft: AddressDraft): AddressFaults {
  if (problem.code === 'not_delivered_there') {
    return notDeliveredTo(draft.country);
  }
  const named = (problem.fields ?? []).flatMap(({ path, reason }) => {
    const part = path.replace(/^address\./, '');
    return isPart(part) ? [[part, faultText(part, reason, draft)] as const] : [];
  });
  return Object.fromEntries(named);
}

export function notDeliveredTo(country: string): AddressFaults {
  return { country: LAZY_TEXTS.address.faults.notDelivered(countryName(country)) };
}

/** Without what is empty, and what the country has no place for. */
export function readAddress(draft: AddressDraft): Address {
  const { name, line1, country } = draft;
  const filled = partsToFill(countryRulesOf(country))
    .map((part) => [part, draft[part].trim()] as const)
    .filter(([, text]) => text !== '');
  return { name: name.trim(), line1: line1.trim(), ...Object.fromEntries(filled), country };
}

function faultText(part: AddressPart, reason: string | undefined, draft: AddressDraft): string {
  const { faults } = LAZY_TEXTS.address;
  const isEmpty = draft[part].trim() === '';
  if (part === 'country') return faults.notChosen;
  if (part === 'postalCode' && reason === 'postal_code_wrong') {
    return faults.postalCode(countryName(draft.country));
  }
  if (part === 'region' && hasChoice(countryRulesOf(draft.country))) return faults.notChosen;
  return isEmpty ? faults.missing : faults.characters;
}

export function hasChoice(rules: CountryRules | undefined): boolean {
  return rules !== undefined && rules.regions.size > 0;
}

function isPart(part: string): part is AddressPart {
  return Object.hasOwn(EMPTY, part);
}
