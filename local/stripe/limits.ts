/** Every size, count and time limit of the local Stripe. Holds numbers only. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Of one request's body or query. */
export const REQUEST_BYTES_MAX = 256 * 1_024;
/** Of one request, after `a[b][0]` was taken apart. */
export const PARAMS_MAX = 1_000;
export const PARAM_DEPTH_MAX = 8;
/** https://docs.stripe.com/metadata */
export const METADATA_KEYS_MAX = 50;
export const METADATA_KEY_CHARACTERS_MAX = 40;
export const METADATA_VALUE_CHARACTERS_MAX = 500;
export const LINE_ITEMS_MAX = 100;
export const QUANTITY_MAX = 999_999;
/** Eight digits, which is Stripe's limit in most currencies. */
export const AMOUNT_MAX = 99_999_999;
export const PAGE_ENTRIES_MAX = 100;
export const PAGE_ENTRIES_DEFAULT = 10;
export const EXPANSIONS_MAX = 20;

/** Of a session: https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at */
export const SESSION_MS_MIN = 30 * MINUTE_MS;
export const SESSION_MS_MAX = 24 * HOUR_MS;
/** After it an authorisation that was not captured ends by itself. */
export const AUTHORISATION_MS_MAX = 7 * 24 * HOUR_MS;
/** How long an authentication takes that outlasts a hold of five minutes. */
export const SLOW_AUTHENTICATION_MS = 6 * MINUTE_MS;
/** How long a direct debit takes to come, or not. */
export const DELAYED_PAYMENT_MS = 3 * 24 * HOUR_MS;
/** How long after the capture a card is disputed that is. */
export const DISPUTED_AFTER_MS = 5_000;
export const DISPUTE_ANSWER_MS_MAX = 7 * 24 * HOUR_MS;
/** How long the state of a refund takes to change, with the cards that do so. */
export const SLOW_REFUND_MS = 10_000;

export const IDEMPOTENCY_KEY_CHARACTERS_MAX = 255;
export const IDEMPOTENCY_MS_MAX = 24 * HOUR_MS;
/** The oldest go first. */
export const IDEMPOTENCY_KEYS_MAX = 100_000;
/** Of each kind; one more is refused, until the server is started anew. */
export const OBJECTS_MAX = 100_000;
/** The oldest go first, as Stripe's do after 30 days. */
export const EVENTS_MAX = 100_000;

/** Waits before a delivery is tried again. Stripe tries three times within hours in a sandbox. */
export const DELIVERY_PAUSES_MS = [1_000, 5_000, 30_000];
export const DELIVERY_ANSWER_MS_MAX = 5_000;
/** Deliveries that wait; the oldest are given up. */
export const DELIVERIES_MAX = 100_000;
/** By how much the fault `webhook_delayed` delays. */
export const DELAYED_DELIVERY_MS = 20_000;
/** Within it deliveries change places. */
export const DISORDER_MS = 2_000;

/** By which a control request may move the clock. */
export const ADVANCE_MS_MAX = 60 * 24 * HOUR_MS;
export const SLOW_ANSWER_MS_MAX = 2 * MINUTE_MS;
/** Of the journal; then the state is written down whole, and the journal begins anew. */
export const JOURNAL_BYTES_MAX = 16 * 1_024 * 1_024;
export const KEEP_ALIVE_MS_MAX = 120_000;
