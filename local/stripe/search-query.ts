/** The part of Stripe's search language that finds payments: https://docs.stripe.com/search. Pure. */
import { badParam } from './api-error.ts';
import type { Intent } from './objects.ts';

interface Term {
  /** `status`, or `metadata` with a key. */
  field: string;
  key: string | undefined;
  value: string;
}

const TERMS_MAX = 10;
const TERM =
  /^(?<field>status|currency|metadata\[(?<q>["'])(?<key>[^"']+)\k<q>\]):(?<p>["'])(?<value>[^"']*)\k<p>$/;

/** Terms that all must be true. */
export function readQuery(query: string): Term[] {
  const parts = query
    .split(/ +AND +| +(?=metadata\[|status:|currency:)/)
    .map((part) => part.trim());
  if (parts.length > TERMS_MAX) throw badParam('query', `More than ${TERMS_MAX} terms`);
  return parts.map((part) => {
    const { field = '', key, value = '' } = TERM.exec(part)?.groups ?? {};
    if (field === '') throw badParam('query', `We were unable to parse your search query: ${part}`);
    return { field: key === undefined ? field : 'metadata', key, value };
  });
}

export function isMatch(intent: Intent, terms: readonly Term[]): boolean {
  return terms.every(({ field, key, value }) => {
    if (key !== undefined) return intent.metadata[key] === value;
    return (field === 'status' ? intent.status : intent.currency) === value;
  });
}
