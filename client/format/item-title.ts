/** What an item is called where its variant matters. Must not isolate: see direction.ts. */

/** @param variantLabel such as a size; null or left out for an item without variants */
export function itemTitle(name: string, variantLabel?: string | null): string {
  return variantLabel ? `${name} · ${variantLabel}` : name;
}
