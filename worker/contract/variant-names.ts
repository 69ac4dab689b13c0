/** How an item is called together with the variant of it. */

/** @param label of the variant; null for an item without variants. */
export function nameWithVariant(itemName: string, label: string | null): string {
  return label === null ? itemName : `${itemName} · ${label}`;
}
