/**
 * Every way a call can be refused: one stable code, its status and its title. A code is the same
 * word in the rules, over RPC, in JSON and on the screen; it is added here and never renamed.
 */
import * as z from 'zod';
import { ADDRESS_FAULTS } from './address.ts';
import { PASSWORD_FAULTS, type PasswordFault } from './password-rules.ts';
import { AMOUNT_FAULTS } from './payments.ts';

export const PROBLEMS = {
  malformed: { status: 400, title: 'The request is malformed' },
  unusable_picture: { status: 400, title: 'This file cannot be used as a picture' },
  address_required: { status: 400, title: 'An address is needed' },
  not_delivered_there: { status: 400, title: 'Nothing is delivered to this country' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  token_expired: { status: 401, title: 'The access token has expired' },
  invalid_credentials: { status: 401, title: 'E-mail or password is wrong' },
  payment_required: { status: 402, title: 'Pay first' },
  forbidden: { status: 403, title: 'Not allowed' },
  email_unverified: { status: 403, title: 'Verify your e-mail address first' },
  limit_reached: { status: 403, title: 'Limit per customer reached' },
  not_found: { status: 404, title: 'Not found' },
  no_report: { status: 404, title: 'There is no public report of this sale' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  sold_out: { status: 409, title: 'Sold out' },
  queue_ahead: { status: 409, title: 'Others wait for the free units' },
  stock_available: { status: 409, title: 'Units are free: buy now' },
  queue_closed: { status: 409, title: 'The queue takes nobody' },
  queue_full: { status: 409, title: 'The queue has as many entries as it can' },
  changed: { status: 409, title: 'The price is another than the one shown' },
  not_open: { status: 409, title: 'The sale has not opened yet' },
  already_open: { status: 409, title: 'The sale has opened already' },
  closed: { status: 409, title: 'The sale is over' },
  hold_expired: { status: 409, title: 'The hold has ended' },
  order_confirmed: { status: 409, title: 'The order is already confirmed' },
  order_cancelled: { status: 409, title: 'The order was cancelled' },
  has_entries: { status: 409, title: 'People are in the queue already' },
  not_waiting: { status: 409, title: 'The entry does not wait any more' },
  event_not_locked: { status: 409, title: 'The event can no longer be edited' },
  item_numbers_used_up: { status: 409, title: 'The event has had as many items as it can' },
  event_in_use: { status: 409, title: 'Something of the event was held or sold' },
  plan_unfit: { status: 409, title: 'The plan of the event does not fit any more' },
  stock_in_use: { status: 409, title: 'More units than that are held or sold' },
  item_in_use: { status: 409, title: 'The item is part of an event' },
  variant_in_use: { status: 409, title: 'A variant that was left out is part of an event' },
  own_account: { status: 409, title: 'This is your own account' },
  last_admin: { status: 409, title: 'This is the last active admin' },
  order_not_confirmed: { status: 409, title: 'The order is not confirmed' },
  order_not_sent: { status: 409, title: 'The order was not sent' },
  address_fixed: { status: 409, title: 'Delivery there would cost another price' },
  already_sent: { status: 409, title: 'The order was sent already' },
  no_address_needed: { status: 409, title: 'Nothing is delivered for this order' },
  order_returned: { status: 409, title: 'All units of the order were given back' },
  order_not_paid: { status: 409, title: 'The order does not rest on a payment' },
  payment_disputed: { status: 409, title: 'A dispute of the payment is open' },
  refund_too_large: { status: 409, title: 'Less than that is left to be given back' },
  not_given_up: { status: 409, title: 'Only what was given up is tried again' },
  mail_suppressed: { status: 409, title: 'No mail is sent to this address any more' },
  mail_not_suppressed: { status: 409, title: 'Mail is sent to this address' },
  account_deleted: { status: 409, title: 'The account was deleted by its owner' },
  reply_too_deep: { status: 409, title: 'Replies are not nested deeper' },
  too_many_reminders: { status: 409, title: 'No further reminder can wait' },
  event_cancelled: { status: 409, title: 'The event was cancelled' },
  draw_due: { status: 409, title: 'The result of its draw can be had already' },
  event_ended: { status: 409, title: 'The event has ended' },
  email_taken: { status: 409, title: 'This e-mail address has an account' },
  name_reserved: { status: 409, title: 'This name is kept for the shop’s own people' },
  link_invalid: { status: 410, title: 'The link was used, is old or is unknown' },
  no_payment_provider: { status: 409, title: 'The shop takes no payments' },
  no_payment_due: { status: 409, title: 'Nothing has to be paid online for this order' },
  amount_not_payable: { status: 409, title: 'This amount cannot be paid online' },
  precondition_failed: { status: 412, title: 'It was changed meanwhile' },
  too_large: { status: 413, title: 'The request is too large' },
  picture_too_large: { status: 413, title: 'The picture has too many pixels' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  idempotency_key_reused: { status: 422, title: 'Idempotency key was used for another request' },
  push_service_unknown: { status: 422, title: 'No notifications are sent to this address' },
  upgrade_required: { status: 426, title: 'Open a WebSocket here' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong' },
  busy: { status: 503, title: 'Too many purchases at once' },
  mail_unavailable: { status: 503, title: 'The shop sends no mail' },
  push_unavailable: { status: 503, title: 'The shop sends no notifications' },
  pictures_unavailable: { status: 503, title: 'The shop takes no pictures' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

/** How long a caller should wait before trying again, where a store or too many others are in the way. */
export const RETRY_AFTER_MS = 1_000;

export type ProblemCode = keyof typeof PROBLEMS;

/**
 * One field at fault: where it is in the input, and why. Where a password, a price or a part of an address is
 * refused, `reason` is the stable word for it.
 */
export const fieldErrorSchema = z.object({
  path: z.string(),
  message: z.string(),
  reason: z
    .enum([
      ...(Object.keys(PASSWORD_FAULTS) as PasswordFault[]),
      ...AMOUNT_FAULTS,
      ...ADDRESS_FAULTS,
    ])
    .optional(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/**
 * An `application/problem+json` body (RFC 9457). `code` is the stable word; members beyond the
 * ones named here belong to the code, such as `opensAt` with `not_open`.
 */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(fieldErrorSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
