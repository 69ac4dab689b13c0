/** The payment provider that is configured, for the Worker and for the object of the outbox. */
import type { PaymentConfig } from '../../config/payment-config.ts';
import type { PaymentProvider } from '../provider.ts';
import type { StripePorts } from '../stripe/call.ts';
import { createStripe } from '../stripe/stripe.ts';

/** Stripe answers within some seconds; a shopper waits for the session. */
const TIMEOUT_MS = 10_000;

interface Given {
  payment: PaymentConfig | undefined;
}

/** Undefined where none is configured. */
export function openProvider(
  { payment }: Given,
  ports: Pick<StripePorts, 'fetch'>,
): PaymentProvider | undefined {
  if (payment === undefined) return undefined;
  const { via: _, webhookSecret: __, ...account } = payment;
  return createStripe({ ...ports, ...account, timeoutMs: TIMEOUT_MS });
}
