/** What an entry of the audit log changed, as text. Pure. */

/** As JSON, with a line for each variant. */
export function changeText(value: unknown): string {
  return JSON.stringify(value, asLines, 2);
}

function asLines(key: string, part: unknown): unknown {
  return key === 'variants' && Array.isArray(part) ? part.map(variantText) : part;
}

/** `42: stock 7, priceCents 9500, var_…`: its label first, its id last. */
function variantText(variant: unknown): unknown {
  if (typeof variant !== 'object' || variant === null || !('label' in variant)) return variant;
  const { label, ...rest } = variant as Readonly<Record<string, unknown>>;
  const { id, variantId = id, ...facts } = rest;
  const named = Object.entries(facts).map(([name, fact]) => `${name} ${String(fact)}`);
  return `${String(label)}: ${[...named, String(variantId)].join(', ')}`;
}
