/** Days, weeks and units of the calendar, on wall times as if they were UTC. Pure. */
import { mongoError } from './values.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const MONTHS_OF: Record<string, number> = { month: 1, quarter: 3, year: 12 };
const MS_OF: Record<string, number> = {
  millisecond: 1,
  second: SECOND_MS,
  minute: MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: WEEK_DAYS * DAY_MS,
};
const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export type Unit = { months: number } | { ms: number; isDays: boolean };

/** @throws where it is not one of MongoDB's units. */
export function unitOf(name: unknown): Unit {
  const key = String(name);
  const [months, ms] = [MONTHS_OF[key], MS_OF[key]];
  if (months !== undefined) return { months };
  if (ms !== undefined) return { ms, isDays: ms >= DAY_MS };
  throw mongoError('FailedToParse', `unknown time unit value: ${key}`);
}

/** 0 is Sunday. */
export function weekDayNamed(name: unknown): number {
  const text = String(name).toLowerCase();
  const day = DAY_NAMES.findIndex(
    (one) => one === text || (text.length >= 3 && one.slice(0, 3) === text),
  );
  if (day < 0) throw mongoError('FailedToParse', `unknown day of week value: ${String(name)}`);
  return day;
}

/** Whole units from an hour to a millisecond do not depend on the wall. */
export function addUnits(wall: number, unit: Unit, amount: number): number {
  if ('ms' in unit) return wall + unit.ms * amount;
  const date = new Date(wall);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + unit.months * amount;
  const [year, month] = [Math.floor(months / 12), modulo(months, 12)];
  const day = Math.min(date.getUTCDate(), daysIn(year, month));
  return startOfDay(year, month, day) + modulo(wall, DAY_MS);
}

/** Months since the year 0. */
export function monthsOf(wall: number): number {
  const date = new Date(wall);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function startOfMonths(months: number): number {
  return startOfDay(Math.floor(months / 12), modulo(months, 12), 1);
}

/** From 1. */
export function dayOfYear(wall: number): number {
  const year = new Date(wall).getUTCFullYear();
  return Math.floor((wall - startOfDay(year, 0, 1)) / DAY_MS) + 1;
}

/** From 1, which is Monday. */
export function isoDayOfWeek(wall: number): number {
  return new Date(wall).getUTCDay() || WEEK_DAYS;
}

export function isoWeek(wall: number): { year: number; week: number } {
  // The Thursday of a week decides its year.
  const thursday = wall + (4 - isoDayOfWeek(wall)) * DAY_MS;
  return {
    year: new Date(thursday).getUTCFullYear(),
    week: Math.ceil(dayOfYear(thursday) / WEEK_DAYS),
  };
}

/** Weeks begin on Sundays; days before the first one are in week 0. */
export function week(wall: number): number {
  return Math.floor((dayOfYear(wall) + 6 - new Date(wall).getUTCDay()) / WEEK_DAYS);
}

/** The wall time of a year of any size; `Date.UTC` takes 0 to 99 for another century. */
export function startOfDay(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

export function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

function daysIn(year: number, month: number): number {
  return new Date(startOfDay(year, month + 1, 0)).getUTCDate();
}
