/** Every time and limit of a rehearsal, named. Must not decide anything. */

export interface Timing {
  /** From the end of enrolment to the opening. */
  leadMs: number;
  /** How early the early shoppers buy. */
  earlyMsMin: number;
  earlyMsMax: number;
  /** On-time shoppers buy this long after the opening, so clock error makes none of them early. */
  openingSlackMs: number;
  /** From hold to confirm or cancel. */
  thinkMsMax: number;
  /** One request, from a free connection to the last byte of its answer. */
  requestMsMax: number;
  /** One action with all its retries; has to outlast a server that takes 60 s to come back. */
  retryMsMax: number;
  backoffMsBase: number;
  backoffMsMax: number;
  /** Losers come back at `nextReleaseAt` plus up to this. */
  releaseJitterMsMax: number;
  /** And never sooner than this after a refusal: purchases are limited to 5 in a second. */
  releaseWaitMsMin: number;
  /** After the opening, a shopper who still has nothing gives up. */
  saleMsMax: number;
  /** After the last hold's end, its unit must be free again within this. */
  settleMsMax: number;
  settlePollMs: number;
  /** A recount may be this old: after the sale it is waited for, so that nothing is missing in it. */
  recountAgeMsMax: number;
  /** Between two looks at what became of a payment, and how long a shopper goes on looking. */
  payLookMs: number;
  payOutcomeMsMax: number;
  /** After the last shopper, all payments must rest within this. */
  moneyRestMsMax: number;
  moneyLookMs: number;
}

export const TIMING: Timing = {
  leadMs: 3_000,
  earlyMsMin: 300,
  earlyMsMax: 1_000,
  openingSlackMs: 5,
  thinkMsMax: 2_000,
  requestMsMax: 15_000,
  retryMsMax: 120_000,
  backoffMsBase: 200,
  backoffMsMax: 3_000,
  releaseJitterMsMax: 1_000,
  releaseWaitMsMin: 250,
  saleMsMax: 300_000,
  settleMsMax: 10_000,
  settlePollMs: 250,
  // A second, and what a clock may be off while it passes.
  recountAgeMsMax: 1_050,
  payLookMs: 700,
  payOutcomeMsMax: 360_000,
  // The shop keeps an attempt whose page was never told for five minutes.
  moneyRestMsMax: 360_000,
  moneyLookMs: 1_000,
};

/** What two clocks that agree may still differ by; differences within it are no finding. */
export const CLOCK_MARGIN_MS = 50;
/** A shopper asks at most this often, whatever the shop answers. */
export const ATTEMPTS_MAX = 200;
/** Passwords are hashed slowly on purpose, so more at a time would only wait. */
export const ENROL_PARALLEL = 8;
export const AUDIT_PARALLEL = 16;
export const CLOCK_SAMPLES = 7;
