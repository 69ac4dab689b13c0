/** What delivery costs as the form of a plan holds it, in words as typed, and what is sent of it. Pure. */
import type { EventInput } from '../../../worker/contract/event-input.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { DRAFT_FAULTS } from '../forms/draft-faults.ts';
import { typedMoney } from '../forms/money-input.ts';
import { readPrice } from './item-lines.ts';

export interface ShippingDraft {
  /** ISO 3166-1, alpha-2; none where it is for everywhere else. */
  readonly countries: readonly string[];
  readonly isElsewhere: boolean;
  readonly price: string;
}

/** As many as the contract allows. */
export const SHIPPING_GROUPS_MAX = 20;

/** Countries of the European Union. */
export const EU_COUNTRIES =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

export const NEW_GROUP: ShippingDraft = { countries: [], isElsewhere: false, price: '' };
export const ELSEWHERE: ShippingDraft = { ...NEW_GROUP, isElsewhere: true };

export function shippingDraftsOf(
  groups: EventInput['shipping'],
  currency: string,
): readonly ShippingDraft[] {
  return groups.map(({ countries, priceCents }) => ({
    countries,
    isElsewhere: countries.length === 0,
    price: typedMoney(priceCents, currency),
  }));
}

/** @param reading takes in each field that cannot be read, by the API's own paths */
export function readShipping(
  drafts: readonly ShippingDraft[],
  reading: { readonly currency: string; readonly errors: FieldError[] },
): EventInput['shipping'] {
  return drafts.map(({ countries, isElsewhere, price }, n) => {
    const path = `shipping.${n}`;
    // To the API a group without countries is for everywhere else, which nobody asked for here.
    if (!isElsewhere && countries.length === 0) {
      reading.errors.push({ path: `${path}.countries`, message: DRAFT_FAULTS.countries });
    }
    const priceCents = readPrice(`${path}.priceCents`, price, reading);
    return { countries: isElsewhere ? [] : [...countries], priceCents };
  });
}
