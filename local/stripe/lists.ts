/** Pages of lists, newest first. Knows no resource. */
import * as z from 'zod';
import { badParam } from './api-error.ts';
import { PAGE_ENTRIES_DEFAULT, PAGE_ENTRIES_MAX } from './limits.ts';
import { integer } from './params.ts';

export interface List<T> {
  object: 'list';
  url: string;
  has_more: boolean;
  data: T[];
}

interface Range {
  gt?: number | undefined;
  gte?: number | undefined;
  lt?: number | undefined;
  lte?: number | undefined;
}

const seconds = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

export const pageSchema = {
  limit: integer({ min: 1, max: PAGE_ENTRIES_MAX }).default(PAGE_ENTRIES_DEFAULT),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
};

export const createdSchema = {
  created: z
    .union([
      seconds.transform((at): Range => ({ gte: at, lte: at })),
      z.strictObject({
        gt: seconds.optional(),
        gte: seconds.optional(),
        lt: seconds.optional(),
        lte: seconds.optional(),
      }),
    ])
    .optional(),
};

const pageShape = z.object({ ...pageSchema, ...createdSchema });

type Page = z.output<typeof pageShape>;

/** @param entries the oldest first. */
export function pageOf<T extends { id: string; created: number }>(
  entries: readonly T[],
  { limit, starting_after: after, ending_before: before, created }: Page,
  url: string,
): List<T> {
  if (after !== undefined && before !== undefined) {
    throw badParam(
      'ending_before',
      'You may only specify one of these: starting_after, ending_before.',
    );
  }
  const fitting = entries.filter((entry) => isCreatedWithin(entry, created)).toReversed();
  const cursor = after ?? before;
  if (cursor !== undefined && !entries.some(({ id }) => id === cursor)) {
    const param = after === undefined ? 'ending_before' : 'starting_after';
    throw badParam(param, `No such object: '${cursor}'`, 'resource_missing');
  }
  const place = fitting.findIndex(({ id }) => id === cursor);
  const rest =
    before === undefined ? fitting.slice(place + 1) : fitting.slice(0, Math.max(place, 0));
  const data = before === undefined ? rest.slice(0, limit) : rest.slice(-limit);
  return { object: 'list', url, has_more: rest.length > data.length, data };
}

function isCreatedWithin({ created }: { created: number }, range: Range | undefined): boolean {
  const { gt, gte, lt, lte } = range ?? {};
  return (
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte)
  );
}
