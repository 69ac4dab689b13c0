/** The members of each problem besides its code, for the OpenAPI document. */
import * as z from 'zod';
import { auditValueSchema, lastChangeSchema } from '../contract/administration.ts';
import { stockSchema } from '../contract/events.ts';
import { pictureFaultSchema } from '../contract/picture-uploads.ts';
import { fieldErrorSchema, PROBLEMS, type ProblemCode } from '../contract/problems.ts';
import { currencySchema, instantSchema } from '../contract/values.ts';

const errors = z.array(fieldErrorSchema).meta({
  description: 'Which fields are at fault, and why. At most twenty.',
});
const serverNow = instantSchema.meta({ description: 'The clock that decided.' });

const waiting = {
  waiting: z.int().min(0).meta({ description: 'Entries that wait for the item.' }),
  waitingUnits: z.int().min(0).meta({ description: 'The units that they wish for.' }),
};

/** Members by code. A code that is not named here has none of its own. */
const MEMBERS: Partial<Record<ProblemCode, z.ZodRawShape>> = {
  malformed: { errors: errors.optional() },
  unusable_picture: {
    reason: pictureFaultSchema.meta({
      description:
        '`vector`: a drawing such as SVG. `moves`: an animation. `broken`: not whole, or it cannot be decoded.',
    }),
  },
  name_reserved: { errors },
  plan_unfit: { errors },
  unavailable: {
    errors: errors.optional().meta({
      description: 'On `/health` only: which variables of the configuration are at fault, and why.',
    }),
  },
  sold_out: {
    stock: stockSchema,
    nextReleaseAt: instantSchema.nullable().meta({
      description: 'When the earliest hold ends: a unit may come back then. Null without holds.',
    }),
    queue: z.object({
      open: z.boolean().meta({ description: 'Whether one may enter the queue of the item.' }),
      ...waiting,
    }),
    serverNow,
  },
  queue_ahead: {
    queue: z.object({
      ...waiting,
      drawAt: instantSchema.nullable().meta({
        description: 'When the draw will be that is still to come; null where there is none.',
      }),
    }),
    serverNow,
  },
  stock_available: { serverNow },
  queue_closed: { serverNow },
  queue_full: { serverNow },
  changed: {
    priceCents: z.int().min(0).meta({
      description: 'What one unit costs now, in minor units of the currency.',
    }),
    currency: currencySchema,
    serverNow,
  },
  stock_in_use: { stock: stockSchema },
  refund_too_large: {
    leftCents: z.int().min(0).meta({ description: 'What can still be given back.' }),
    leftUnits: z.int().meta({ description: 'How many units can still go back on sale.' }),
  },
  precondition_failed: {
    current: z.record(z.string(), auditValueSchema).meta({
      description: 'What is there now of the fields that differ from what was sent.',
    }),
    changedBy: lastChangeSchema.nullable().meta({
      description: 'Who changed it last, and when, as far as the audit log knows.',
    }),
  },
  not_open: { opensAt: instantSchema, serverNow },
  already_open: { serverNow },
  closed: { serverNow },
  hold_expired: { serverNow },
  order_confirmed: { serverNow },
  order_cancelled: { serverNow },
  payment_required: { serverNow },
  no_payment_due: { serverNow },
  amount_not_payable: { serverNow },
  address_required: { serverNow },
  not_delivered_there: { serverNow },
  no_address_needed: { serverNow },
  address_fixed: { serverNow },
  already_sent: { serverNow },
  email_unverified: { serverNow },
  idempotency_key_reused: { serverNow },
  limit_reached: {
    limit: z.int().min(1).meta({ description: 'Units of the item that one customer may have.' }),
    held: z.int().min(0),
    bought: z.int().min(0),
    waiting: z.int().min(1).optional().meta({
      description:
        'Only on entering a queue of an event with one limit per mailbox: the units that the other accounts of the mailbox wait for at least. They count, too.',
    }),
    nextReleaseAt: instantSchema.optional().meta({
      description:
        'Only where a hold of the customer has ended and its payment is being checked: its units are free again then at the latest, unless the payment arrives.',
    }),
  },
  // With its time where the event’s object decided it, without it elsewhere.
  not_found: { serverNow: serverNow.optional() },
  unauthenticated: { serverNow: serverNow.optional() },
  internal: { serverNow: serverNow.optional() },
};

/** `sold_out` becomes `SoldOutProblem`. */
export function problemNameOf(code: ProblemCode): string {
  const words = code.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return `${words.join('')}Problem`;
}

/** The body of one problem, closed: no other member is sent. */
export function problemBodyOf(code: ProblemCode): z.ZodType {
  const { status, title } = PROBLEMS[code];
  return z
    .strictObject({
      type: z.literal(`urn:swiftdrop:problem:${code}`),
      title: z.literal(title),
      status: z.literal(status),
      code: z.literal(code),
      detail: z.string().optional().meta({ description: 'What went wrong, for people.' }),
      requestId: z.string().optional().meta({ description: 'Names this request in the logs.' }),
      ...MEMBERS[code],
    })
    .meta({ description: `${title}.` });
}
