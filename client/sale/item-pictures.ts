/** The pictures of an item that is sold. Pure. */
import type { LiveItem } from './live.ts';

/** The version before names one at most, and answers beside this one and after a rollback. */
export function picturesOf(item: LiveItem): readonly string[] {
  const { pictures, imageUrl }: Partial<LiveItem> = item;
  return pictures ?? (imageUrl ? [imageUrl] : []);
}
