/** What a password hash costs: scrypt's parameters and their bounds. */
import * as z from 'zod';

/** workerd refuses more, and so does the account's CPU limit. */
const COST_PRODUCT_MAX = 2 ** 20;

export interface ScryptCost {
  /** CPU and memory cost, a power of two. */
  n: number;
  /** Block size. */
  r: number;
  /** Parallelisation. */
  p: number;
}

/** OWASP's recommendation with 16 MiB of memory: N = 2^14, r = 8, p = 5. */
export const SCRYPT_COST_DEFAULT: ScryptCost = { n: 16_384, r: 8, p: 5 };

/** Reads `N:r:p`. */
export const scryptCostSchema = z
  .string()
  .regex(/^\d{1,7}:\d{1,2}:\d{1,2}$/)
  .transform((text): ScryptCost => {
    const [n = 0, r = 0, p = 0] = text.split(':').map(Number);
    return { n, r, p };
  })
  .refine(isAllowed);

export function isAllowed({ n, r, p }: ScryptCost): boolean {
  const powerOfTwo = n > 1 && (n & (n - 1)) === 0;
  return powerOfTwo && r > 0 && p > 0 && workOf({ n, r, p }) <= COST_PRODUCT_MAX;
}

/** What the CPU has to do for a hash, in no unit of its own. */
export function workOf({ n, r, p }: ScryptCost): number {
  return n * r * p;
}
