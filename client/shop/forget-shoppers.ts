/** Leaves nothing of one shopper for the next who signs in on the same page. */
import { computed, effect } from '@preact/signals-core';
import type { Shop } from './shop.ts';

/** @returns a function that ends it */
export function forgetShoppers({
  session,
  memory,
  holds,
  drafts,
}: Pick<Shop, 'session' | 'memory' | 'holds' | 'drafts'>): () => void {
  const userId = computed(() => session.current.value?.user.id);
  let drafter = userId.peek();
  return effect(() => {
    const id = userId.value;
    memory.forget();
    // Who signs in again goes on with the drafts that they began.
    if (id !== undefined) {
      if (drafter !== undefined && drafter !== id) drafts.clear();
      drafter = id;
    }
    return holds.forget;
  });
}
