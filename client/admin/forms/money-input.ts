/** Amounts as admins type them, and back. Must not round: what does not fit is refused. */
import { minorDigitsOf } from '../../format/money.ts';

/** More than any price may have, and within what a number holds exactly. */
export const WHOLE_DIGITS_MAX = 10;

/**
 * Minor units of an amount typed in major ones, `12.5` in EUR being 1250. A comma is a decimal
 * point too, but not where three decimals are possible: `1,000` would mean two things.
 * @returns null for anything that is not such an amount.
 */
export function minorUnitsOf(typed: string, currency: string): number | null {
  const decimalsMax = minorDigitsOf(currency);
  const point = decimalsMax < 3 ? '[.,]' : '[.]';
  const shape = new RegExp(
    `^(\\d{1,${WHOLE_DIGITS_MAX}})(?:${point}(\\d{1,${decimalsMax || 1}}))?$`,
  );
  const [, whole, decimals = ''] = shape.exec(typed.trim()) ?? [];
  if (whole === undefined || decimals.length > decimalsMax) return null;
  return Number(whole + decimals.padEnd(decimalsMax, '0'));
}

/** The amount as one would type it, without a symbol or separators: `12.50`. */
export function typedMoney(minorUnits: number, currency: string): string {
  const decimals = minorDigitsOf(currency);
  if (decimals === 0) return String(minorUnits);
  const digits = String(minorUnits).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
