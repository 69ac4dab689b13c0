/** Sends the form of the local provider's hosted page, as a browser does. Must not know the shop. */
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../local/user-error.ts';
import type { Timing } from './timing.ts';

/** Of Stripe's published test cards. */
export const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000002',
  authenticated: '4000002500003155',
} as const;

/** `answered`: the page again, or that it was paid and nobody is sent back. `away`: nobody answers. */
export type Submitted = 'answered' | 'away' | 'declined' | 'over' | 'paid';
export type Submit = (url: string, fields: Record<string, string>) => Promise<Submitted>;

const TRY_AGAIN_MS = 500;
const SEE_OTHER = 303;
const PAYMENT_REQUIRED = 402;
const CONFLICT = 409;
const SERVER_ERROR_MIN = 500;

/** One form that was sent, and what the page answered. */
export interface SentForm {
  submitted: Submitted;
  tookMs: number;
  /** Ms since the epoch. */
  answeredAtMs: number;
}

/**
 * While the provider is away, a shopper tries again.
 * @throws UserError where the page is not the local provider's: nobody else is sent pretended cards.
 */
export function openPaymentPage(ports: {
  providerUrl: string;
  timing: Pick<Timing, 'requestMsMax' | 'retryMsMax'>;
  now: () => number;
  stopped: AbortSignal;
  onForm?: ((form: SentForm) => void) | undefined;
}): Submit {
  const { timing, now, stopped, onForm } = ports;
  const { origin: ours } = new URL(ports.providerUrl);
  return async (url, fields) => {
    const { origin } = new URL(url);
    if (origin !== ours) {
      throw new UserError(`the shop has its orders paid at ${origin}, and not at ${ours}`);
    }
    const untilMs = now() + timing.retryMsMax;
    for (;;) {
      const sentAtMs = now();
      const submitted = await submitForm(url, fields, timing.requestMsMax);
      const answeredAtMs = now();
      onForm?.({ submitted, tookMs: answeredAtMs - sentAtMs, answeredAtMs });
      if (submitted !== 'away' || answeredAtMs > untilMs) return submitted;
      await delay(TRY_AGAIN_MS, undefined, { signal: stopped });
    }
  };
}

/** Once. */
export async function submitForm(
  url: string,
  fields: Record<string, string>,
  msMax: number,
): Promise<Submitted> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
      signal: AbortSignal.timeout(msMax),
    });
    await answer.body?.cancel();
    return read(answer.status);
  } catch {
    return 'away';
  }
}

function read(status: number): Submitted {
  if (status === SEE_OTHER) return 'paid';
  if (status === PAYMENT_REQUIRED) return 'declined';
  if (status === CONFLICT) return 'over';
  return status >= SERVER_ERROR_MIN ? 'away' : 'answered';
}
