/** What a variant is called outside of its item. Pure. */
import { isolated } from '../../format/direction.ts';

/** `Shoe, 42`; or the item's own name where it has no variants. */
export function nameOf(itemName: string, label: string | null | undefined): string {
  return label == null ? isolated(itemName) : `${isolated(itemName)}, ${isolated(label)}`;
}
