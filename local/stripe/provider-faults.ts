/** Faults of the whole provider, set by a test through the control endpoint. Pure. */
import * as z from 'zod';
import { SLOW_ANSWER_MS_MAX } from './limits.ts';

const FAULTED_MAX = 1_000_000;

export const providerFaultsSchema = z.strictObject({
  /** Nothing is answered but 503, by the page neither, and nothing is done. */
  isDown: z.boolean().default(false),
  /** Each answer waits so long. */
  slowMs: z.int().min(0).max(SLOW_ANSWER_MS_MAX).default(0),
  /** So many of the next changes are made and then answered with 500, also when they are repeated. */
  failAfterWork: z.int().min(0).max(FAULTED_MAX).default(0),
  /** So many of the next changes are made, and their connection is cut instead of an answer. */
  cutAfterWork: z.int().min(0).max(FAULTED_MAX).default(0),
  /** So many of the next requests are answered with 429, and nothing is done. */
  limitRate: z.int().min(0).max(FAULTED_MAX).default(0),
  webhooks: z
    .strictObject({
      /** Every nth event is never delivered; 0 for none. */
      loseEvery: z.int().min(0).max(FAULTED_MAX).default(0),
      isTwice: z.boolean().default(false),
      /** They come in a random order, which the seed of the server decides. */
      isShuffled: z.boolean().default(false),
    })
    .prefault({}),
});

export type ProviderFaults = z.output<typeof providerFaultsSchema>;
/** What is left out is no fault. */
export type ProviderFaultsInput = z.input<typeof providerFaultsSchema>;

export function noFaults(): ProviderFaults {
  return providerFaultsSchema.parse({});
}
