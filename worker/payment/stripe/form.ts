/** Parameters as Stripe takes them: form-encoded, nested names as `a[b][0]`. Pure. */

export type Param =
  | boolean
  | number
  | string
  | undefined
  | readonly Param[]
  | { readonly [name: string]: Param };

export type Params = Readonly<Record<string, Param>>;

/** Undefined ones are left out. */
export function encodeForm(params: Params): string {
  return new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => pairsOf(name, value)),
  ).toString();
}

function pairsOf(name: string, value: Param): [string, string][] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => pairsOf(`${name}[${key}]`, inner));
}
