/** The bench's shoppers by number, so that Postgres, the Worker and the load agree on their ids. */
import type { UserId } from '../../worker/contract/ids.ts';

const PREFIX = 'usr_';
const NUMBER_CHARS = 18;

/** Digits are letters of the ids' alphabet. */
export function shopperId(number: number): UserId {
  return `${PREFIX}${String(number).padStart(NUMBER_CHARS, '0')}` as UserId;
}

export function shopperNumber(id: UserId): number {
  return Number(id.slice(PREFIX.length));
}

/** A shopper's id in SQL, for a column of numbers. */
export function shopperIdSql(column: string): string {
  return `'${PREFIX}' || lpad(${column}::text, ${NUMBER_CHARS}, '0')`;
}
