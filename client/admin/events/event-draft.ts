/** An event as its form holds it, in words as typed, and what the API is sent of it. Pure. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { EventInput } from '../../../worker/contract/event-input.ts';
import type { ItemId } from '../../../worker/contract/ids.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { minorUnitsOf, typedMoney, WHOLE_DIGITS_MAX } from '../forms/money-input.ts';

export interface ItemDraft {
  readonly itemId: string;
  readonly name: string;
  /** In major units. */
  readonly price: string;
  readonly stock: string;
  readonly limit: string;
}

export interface EventDraft {
  readonly title: string;
  readonly description: string;
  readonly currency: string;
  /** What the zone's clocks show, `YYYY-MM-DDTHH:MM`. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  readonly holdSeconds: string;
  readonly published: boolean;
  readonly requireVerifiedEmail: boolean;
  readonly oneLimitPerMailbox: boolean;
  readonly items: readonly ItemDraft[];
}

/** What each part of the form is given. */
export interface PartOfForm {
  readonly draft: EventDraft;
  readonly errors: readonly FieldError[];
  change(fields: Partial<EventDraft>): void;
}

export type DraftReading =
  | { readonly ok: true; readonly input: EventInput }
  | { readonly ok: false; readonly errors: FieldError[] };

/** The fault of a field that cannot be read here already; all others are found by the server. */
export const DRAFT_FAULTS = {
  amount: 'must be an amount, with no more decimals than the currency has',
  digits: `must have at most ${WHOLE_DIGITS_MAX} digits before its decimals`,
  whole: 'must be a whole number',
  time: 'must be a date and a time',
  items: 'must have at least one item',
  required: 'must be filled in',
} as const;

const HOUR_MS = 3_600_000;
const HOLD_SECONDS_DEFAULT = 300;

/** A sale of an hour that opens at the next full hour but one. */
export function newDraft(nowMs: number, timeZone: string): EventDraft {
  const startMs = (Math.floor(nowMs / HOUR_MS) + 2) * HOUR_MS;
  return {
    title: '',
    description: '',
    currency: 'EUR',
    startsAt: wallClock(startMs, timeZone),
    endsAt: wallClock(startMs + HOUR_MS, timeZone),
    timeZone,
    holdSeconds: String(HOLD_SECONDS_DEFAULT),
    published: true,
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    items: [],
  };
}

export function draftOf(event: AdminEvent): EventDraft {
  const { title, description, currency, planned, timeZone, holdSeconds, published } = event;
  return {
    title,
    description,
    currency,
    startsAt: planned.startsAtLocal,
    endsAt: planned.endsAtLocal,
    timeZone,
    holdSeconds: String(holdSeconds),
    published,
    requireVerifiedEmail: event.requireVerifiedEmail,
    oneLimitPerMailbox: event.oneLimitPerMailbox,
    items: event.items.map(({ itemId, name, priceCents, stock, limitPerCustomer }) => ({
      itemId,
      name,
      price: typedMoney(priceCents, currency),
      stock: String(stock.total),
      limit: String(limitPerCustomer),
    })),
  };
}

/** @returns what to send, or each field that cannot be read, by the API's own paths. */
export function readDraft(draft: EventDraft): DraftReading {
  const errors: FieldError[] = [];
  const whole = (path: string, typed: string) =>
    number(wholeOf(typed), { path, message: faultOf(typed, 'whole') }, errors);
  const items = draft.items.map(({ itemId, price, stock, limit }, n) => ({
    itemId: itemId as ItemId,
    priceCents: number(
      minorUnitsOf(price, draft.currency),
      { path: `items.${n}.priceCents`, message: faultOf(price, 'amount') },
      errors,
    ),
    stock: whole(`items.${n}.stock`, stock),
    limitPerCustomer: whole(`items.${n}.limitPerCustomer`, limit),
  }));
  const { title, description, currency, startsAt, endsAt, timeZone, published } = draft;
  const { requireVerifiedEmail, oneLimitPerMailbox } = draft;
  const holdSeconds = whole('holdSeconds', draft.holdSeconds);
  if (title.trim() === '') errors.push({ path: 'title', message: DRAFT_FAULTS.required });
  if (startsAt === '') errors.push({ path: 'startsAt', message: DRAFT_FAULTS.time });
  if (endsAt === '') errors.push({ path: 'endsAt', message: DRAFT_FAULTS.time });
  if (items.length === 0) errors.push({ path: 'items', message: DRAFT_FAULTS.items });
  if (errors.length > 0) return { ok: false, errors };
  const fields = { title, description, currency, startsAt, endsAt, timeZone, published };
  const conditions = { requireVerifiedEmail, oneLimitPerMailbox };
  return { ok: true, input: { ...fields, ...conditions, holdSeconds, items } };
}

/** What the zone's clocks show at an instant, as a date-and-time field wants it. */
export function wallClock(ms: number, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(ms);
  return text.replace(' ', 'T');
}

/** Whole numbers only, as digits: `1e3`, `5.0` and `` are not. */
export function wholeOf(typed: string): number | null {
  return /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : null;
}

function faultOf(typed: string, fault: 'whole' | 'amount'): string {
  const text = typed.trim();
  if (text === '') return DRAFT_FAULTS.required;
  const isLong = /^\d+/.test(text) && Number.parseInt(text, 10) >= 10 ** WHOLE_DIGITS_MAX;
  return DRAFT_FAULTS[fault === 'amount' && isLong ? 'digits' : fault];
}

function number(value: number | null, fault: FieldError, errors: FieldError[]): number {
  if (value === null) errors.push(fault);
  return value ?? 0;
}
