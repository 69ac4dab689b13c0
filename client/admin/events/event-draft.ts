/** An event as its form holds it, in words as typed, and what the API is sent of it. Pure. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { EventInput } from '../../../worker/contract/event-input.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { DRAFT_FAULTS } from '../forms/draft-faults.ts';
import { readShipping, type ShippingDraft, shippingDraftsOf } from './delivery-draft.ts';
import { type ItemDraft, itemDraftsOf, readItem, readWhole } from './item-lines.ts';

export interface EventDraft {
  readonly title: string;
  readonly description: string;
  readonly translations: AdminEvent['translations'];
  readonly coverUrl: string | null;
  /** What stands in the field for the cover's address. */
  readonly coverAddress: string;
  readonly currency: string;
  /** What the zone's clocks show, `YYYY-MM-DDTHH:MM`. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  readonly holdSeconds: string;
  readonly published: boolean;
  readonly requireVerifiedEmail: boolean;
  readonly oneLimitPerMailbox: boolean;
  readonly reportPublic: boolean;
  readonly payment: EventInput['payment'];
  readonly needsAddress: boolean;
  readonly shipping: readonly ShippingDraft[];
  readonly admission: EventInput['admission'];
  readonly waitlist: boolean;
  readonly offerSeconds: string;
  readonly items: readonly ItemDraft[];
}

/** What each part of the form is given. */
export interface PartOfForm {
  readonly draft: EventDraft;
  readonly errors: readonly FieldError[];
  /** The plan as it is saved, where those in its queue keep most of it from changing. */
  readonly promised: EventDraft | null;
  change(fields: Partial<EventDraft>): void;
}

export type DraftReading =
  | { readonly ok: true; readonly input: EventInput }
  | { readonly ok: false; readonly errors: FieldError[] };

const HOUR_MS = 3_600_000;
const HOLD_SECONDS_DEFAULT = 300;
const OFFER_SECONDS_DEFAULT = 600;

/**
 * A draft of a sale of an hour that opens at the next full hour but one.
 *
 * @param takesPayments whether the shop can take money: then this sale does, unless its admin says otherwise
 */
export function newDraft(nowMs: number, timeZone: string, takesPayments = false): EventDraft {
  const startMs = (Math.floor(nowMs / HOUR_MS) + 2) * HOUR_MS;
  return {
    title: '',
    description: '',
    translations: {},
    coverUrl: null,
    coverAddress: '',
    currency: 'EUR',
    startsAt: wallClock(startMs, timeZone),
    endsAt: wallClock(startMs + HOUR_MS, timeZone),
    timeZone,
    holdSeconds: String(HOLD_SECONDS_DEFAULT),
    published: false,
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    reportPublic: false,
    payment: takesPayments ? 'online' : 'none',
    needsAddress: false,
    shipping: [],
    admission: 'first_come',
    waitlist: true,
    offerSeconds: String(OFFER_SECONDS_DEFAULT),
    items: [],
  };
}

export function draftOf(event: AdminEvent): EventDraft {
  const { title, description, currency, planned, timeZone, holdSeconds, published } = event;
  return {
    title,
    description,
    translations: event.translations,
    coverUrl: event.coverUrl,
    coverAddress: '',
    currency,
    startsAt: planned.startsAtLocal,
    endsAt: planned.endsAtLocal,
    timeZone,
    holdSeconds: String(holdSeconds),
    published,
    requireVerifiedEmail: event.requireVerifiedEmail,
    oneLimitPerMailbox: event.oneLimitPerMailbox,
    reportPublic: event.reportPublic,
    payment: event.payment,
    needsAddress: event.needsAddress,
    shipping: shippingDraftsOf(event.shipping, currency),
    admission: event.admission,
    waitlist: event.waitlist,
    offerSeconds: String(event.offerSeconds),
    items: itemDraftsOf(event),
  };
}

/** @returns what to send, or each field that cannot be read, by the API's own paths. */
export function readDraft(draft: EventDraft): DraftReading {
  const errors: FieldError[] = [];
  const items = draft.items.map((item, n) =>
    readItem(item, { n, currency: draft.currency, errors }),
  );
  const { title, description, currency, startsAt, endsAt, timeZone, published } = draft;
  const { requireVerifiedEmail, oneLimitPerMailbox, payment, admission, waitlist } = draft;
  const { needsAddress, reportPublic } = draft;
  const shipping = needsAddress ? readShipping(draft.shipping, { currency, errors }) : [];
  const holdSeconds = readWhole('holdSeconds', draft.holdSeconds, errors);
  const offerSeconds = readWhole('offerSeconds', draft.offerSeconds, errors);
  if (title.trim() === '') errors.push({ path: 'title', message: DRAFT_FAULTS.required });
  if (startsAt === '') errors.push({ path: 'startsAt', message: DRAFT_FAULTS.time });
  if (endsAt === '') errors.push({ path: 'endsAt', message: DRAFT_FAULTS.time });
  if (items.length === 0) errors.push({ path: 'items', message: DRAFT_FAULTS.items });
  if (errors.length > 0) return { ok: false, errors };
  const fields = { title, description, currency, startsAt, endsAt, timeZone, published };
  const conditions = { requireVerifiedEmail, oneLimitPerMailbox, payment, admission, waitlist };
  const delivery = { needsAddress, shipping };
  return {
    ok: true,
    input: {
      ...fields,
      ...conditions,
      ...delivery,
      translations: draft.translations,
      coverUrl: draft.coverAddress.trim() || draft.coverUrl,
      reportPublic,
      holdSeconds,
      offerSeconds,
      items,
    },
  };
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
