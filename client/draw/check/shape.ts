/** Whether something that was fetched looks as it must. Must not know what it means. */

import { instantMs } from './instants.ts';

export type Shape = (value: unknown) => boolean;

/** Where a text could be of any length, it is of this at most. */
const TEXT_CHARS_MAX = 4_000;

export const hash = text(/^[0-9a-f]{64}$/);
export const hex = text(/^([0-9a-f]{2})*$/);
export const instant: Shape = (value) =>
  typeof value === 'string' && !Number.isNaN(instantMs(value));

export function text(pattern: RegExp = /^/): Shape {
  return (value) =>
    typeof value === 'string' && value.length <= TEXT_CHARS_MAX && pattern.test(value);
}

/** A whole number that is exact in JSON. */
export function int(min: number): Shape {
  return (value) => Number.isSafeInteger(value) && (value as number) >= min;
}

export function oneOf(...values: readonly unknown[]): Shape {
  return (value) => values.includes(value);
}

export function nullable(shape: Shape): Shape {
  return (value) => value === null || shape(value);
}

export function optional(shape: Shape): Shape {
  return (value) => value === undefined || shape(value);
}

export function list(shape: Shape, countMax: number): Shape {
  return (value) => Array.isArray(value) && value.length <= countMax && value.every(shape);
}

/** With these members, and any others. */
export function object(members: Readonly<Record<string, Shape>>): Shape {
  const all = Object.entries(members);
  return (value) => isRecord(value) && all.every(([name, shape]) => shape(value[name]));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns undefined for what is no JSON */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
