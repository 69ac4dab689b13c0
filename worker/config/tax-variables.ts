/** The variables of taxes and addresses; part of the table in variables.ts. Reads nothing itself. */
import * as z from 'zod';
import type { VariableTable } from '../../data-api/environment.ts';
import { isCountry } from '../contract/address-rules.ts';
import { MILLI, taxModeSchema } from '../contract/totals.ts';

const RATE = /^(\*|[A-Z]{2})=(\d{1,2}|100)(?:\.(\d{1,3}))?$/;
/** More than there are countries. */
const RATES_MAX = 300;
const ADDRESS_KEEP_DAYS_MAX = 36_500;

/** @returns thousandths of a percent by country; undefined where a rate is not one, or a country has two. */
function ratesIn(text: string): Map<string, number> | undefined {
  const entries = text.split(',').map((entry) => RATE.exec(entry.trim()));
  const rates = new Map<string, number>();
  for (const entry of entries) {
    const [, country = '', percent = '', decimals = ''] = entry ?? [];
    if (country !== '*' && !isCountry(country)) return undefined;
    if (rates.has(country)) return undefined;
    rates.set(country, Number(percent) * MILLI + Number(decimals.padEnd(3, '0')));
  }
  return entries.length > RATES_MAX ? undefined : rates;
}

export const TAX_VARIABLES = {
  TAX_MODE: {
    kind: 'variable',
    needed: 'never',
    default: 'none',
    meaning:
      'Whether orders tell a tax: one that the prices have in them, or one that is added to them. Orders for which somebody began to pay keep theirs. What counts as a sale where is for the shop’s owner to know.',
    form: '`none`, `included` or `added`',
    usedIn: ['worker/contract/totals.ts'],
    schema: taxModeSchema,
  },
  TAX_RATES: {
    kind: 'variable',
    needed: 'never',
    default: '*=0',
    meaning:
      'The rate for each country that is delivered to, on items and delivery; `*` where there is no address, or no other rate. Without `*` there is no tax there.',
    form: 'percents with up to three decimals and commas between them, such as `DE=19,AT=20,*=0`',
    usedIn: ['worker/contract/totals.ts'],
    schema: z.string().transform((text, context) => {
      const rates = ratesIn(text);
      if (rates !== undefined) return rates;
      context.addIssue({ code: 'custom', message: 'must be rates by country' });
      return z.NEVER;
    }),
  },
  ADDRESS_KEEP_DAYS: {
    kind: 'variable',
    needed: 'never',
    default: '3650',
    meaning:
      'For how long the address of an order that was confirmed is kept since it was said or corrected last, that of a paid one also when its customer deleted the account: as long as the law asks for. The address of any other order is erased after a week.',
    form: `days, 1 to ${ADDRESS_KEEP_DAYS_MAX}`,
    usedIn: ['worker/sweep/sweep.ts'],
    schema: z.coerce.number().int().min(1).max(ADDRESS_KEEP_DAYS_MAX),
  },
} as const satisfies VariableTable;
