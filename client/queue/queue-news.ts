/** What of one's places is worth saying aloud, for those who do not see the page move. Pure. */
import type { QueueEntryStatus, SkipReason } from '../../worker/contract/queue.ts';
import { aheadNow, type Place } from './place.ts';

export type QueueNews =
  | { readonly kind: 'take_part'; readonly name: string }
  | {
      readonly kind: 'place';
      readonly name: string;
      readonly entries: number;
      readonly isAtMost: boolean;
    }
  | { readonly kind: 'closed' | 'left'; readonly name: string }
  | { readonly kind: 'skipped'; readonly name: string; readonly reason: SkipReason };

/** What was said of each entry, by its id. */
export type Heard = ReadonlyMap<
  string,
  { status: QueueEntryStatus; isRanked: boolean; mark: number }
>;

/** With this many ahead it is said how many; in between it is only seen. */
const MARKS = [0, 1, 2, 3, 5, 10, 20, 50, 100];

/** @returns what to remember, and what to say; nothing at the first look */
export function queueNews(
  heard: Heard | null,
  places: Iterable<Place>,
): { heard: Heard; news: readonly QueueNews[] } {
  const all = [...places];
  const now = new Map(all.map((place) => [place.entry.id, heardOf(place)]));
  if (heard === null) return { heard: now, news: [] };
  return { heard: now, news: all.flatMap((place) => newsOf(heard.get(place.entry.id), place)) };
}

type One = Heard extends ReadonlyMap<string, infer Value> ? Value : never;

function newsOf(before: One | undefined, place: Place): QueueNews[] {
  const { entry, name } = place;
  const after = heardOf(place);
  if (name === null) return [];
  const isOther = before?.status !== after.status;
  switch (entry.status) {
    case 'waiting': {
      if (entry.rank === null) return before === undefined ? [{ kind: 'take_part', name }] : [];
      const isNearer = isOther || !before.isRanked || after.mark < before.mark;
      const ahead = aheadNow(place);
      return isNearer && ahead
        ? [{ kind: 'place', name, entries: ahead.entries, isAtMost: ahead.isAtMost }]
        : [];
    }
    case 'closed':
    case 'left':
      return isOther && before ? [{ kind: entry.status, name }] : [];
    case 'skipped':
      return isOther && before && entry.reason
        ? [{ kind: 'skipped', name, reason: entry.reason }]
        : [];
    case 'offered':
      // Said by the order, which has the time that is left.
      return [];
    default:
      return entry.status satisfies never;
  }
}

function heardOf(place: Place): One {
  const { status, rank } = place.entry;
  const entries = aheadNow(place)?.entries ?? Number.POSITIVE_INFINITY;
  const mark = MARKS.find((least) => entries <= least) ?? Number.POSITIVE_INFINITY;
  return { status, isRanked: rank !== null, mark };
}
