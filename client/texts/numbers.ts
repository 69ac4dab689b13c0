/** Numbers and plurals by the rules of whoever reads them. Must not hold words. */

let numbers = new Intl.NumberFormat('en');
let plurals = new Intl.PluralRules('en');

/** @param locale language and region, such as `de-CH` */
export function countIn(locale: string) {
  numbers = new Intl.NumberFormat(locale);
  plurals = new Intl.PluralRules(locale);
}

export function number(value: number): string {
  return numbers.format(value);
}

export function percent(share: number): string {
  const { locale } = numbers.resolvedOptions();
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
    share,
  );
}

/** Forms by CLDR's categories, for languages that have more than one and many. */
export type PluralForms = { readonly other: string } & Readonly<
  Partial<Record<Intl.LDMLPluralRule, string>>
>;

/** The count with its noun: `1 item`, `2 items`. */
export function plural(count: number, one: string, many: string | PluralForms): string {
  return `${number(count)} ${noun(count, one, many)}`;
}

/** The noun alone, where the count stands in an element of its own. */
export function noun(count: number, one: string, many: string | PluralForms): string {
  const forms: PluralForms = typeof many === 'string' ? { one, other: many } : { one, ...many };
  return forms[plurals.select(count)] ?? forms.other;
}
