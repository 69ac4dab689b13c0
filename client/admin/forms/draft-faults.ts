/** Numbers as admins type them, and the faults that forms find by themselves. Pure. */
import { WHOLE_DIGITS_MAX } from './money-input.ts';

/** The fault of a field that cannot be read here already; all others are found by the server. */
export const DRAFT_FAULTS = {
  amount: 'must be an amount, with no more decimals than the currency has',
  digits: `must have at most ${WHOLE_DIGITS_MAX} digits before its decimals`,
  whole: 'must be a whole number',
  time: 'must be a date and a time',
  items: 'must have at least one item',
  countries: 'must have at least one country',
  variants: 'must say which variants are sold',
  label: 'must not have two of one label',
  required: 'must be filled in',
  earlier: 'must not be before the end that was promised',
} as const;

/** Whole numbers only, as digits: `1e3`, `5.0` and `` are not. */
export function wholeOf(typed: string): number | null {
  return /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : null;
}

/** Why what was typed is no such number. */
export function faultOf(typed: string, fault: 'whole' | 'amount'): string {
  const text = typed.trim();
  if (text === '') return DRAFT_FAULTS.required;
  const isLong = /^\d+/.test(text) && Number.parseInt(text, 10) >= 10 ** WHOLE_DIGITS_MAX;
  return DRAFT_FAULTS[fault === 'amount' && isLong ? 'digits' : fault];
}
