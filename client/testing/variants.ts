/** A catalogue item in sizes, and the event items that sell it, for tests. Must not be imported by the page itself. */
import type { Item } from '../../worker/contract/catalogue.ts';
import type { EventItem } from '../../worker/contract/events.ts';
import type { EventItemId, ItemId, VariantId } from '../../worker/contract/ids.ts';
import { anItem } from './builders.ts';

const SHOE_ID = 'itm_000000000000000009' as ItemId;

function idOf(label: string): VariantId {
  return `var_${label.padStart(18, '0')}` as VariantId;
}

export function aShoe(labels: readonly string[] = ['41', '42', '43']): Item {
  const variants = labels.map((label) => ({ id: idOf(label), label }));
  const texts = {
    name: 'Shoe',
    description: '',
    translations: {},
    category: 'shoes',
    imageUrl: null,
    pictures: [],
  };
  return { id: SHOE_ID, ...texts, variants };
}

/** An event item of the shoe: 10 units, of which 3 are sold and one is held, unless it is told otherwise. */
export function aSize(label: string, fields: Partial<EventItem> = {}): EventItem {
  const id = `evi_000000000001_${label}` as EventItemId;
  const variant = { id: idOf(label), label };
  return anItem({ id, itemId: SHOE_ID, name: 'Shoe', variant, priceCents: 9_000, ...fields });
}
