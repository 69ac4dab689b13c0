/**
 * The payment provider of this machine, with pretended money: the local Stripe, whose state is kept in the
 * data folder, and which tells the shop by webhooks what happened.
 */
import { startStripe } from './stripe/server.ts';
import { messageOf, UserError } from './user-error.ts';

const WEBHOOK_PATH = '/api/v1/payments/stripe/webhook';

export interface PaymentProvider {
  /** What the Worker is given of it. */
  variables: Record<string, string>;
  close(): Promise<void>;
}

/** Where it is to be found again; by default at a free port. */
export interface PaymentProviderPlace {
  port: number;
}

export interface PaymentProviderOptions {
  /** Where its state is kept. */
  file: string;
  place?: PaymentProviderPlace | undefined;
  /** The shop, which its webhooks go to. */
  shopUrl: string;
  /** From which its keys are made: 16 bytes or more for each. */
  secretOf(name: string): Buffer;
  print(line: string): void;
}

/** @throws UserError if it cannot be started. */
export async function openPaymentProvider(
  options: PaymentProviderOptions,
): Promise<PaymentProvider> {
  const { file, place, shopUrl, secretOf, print } = options;
  const secretKey = `sk_test_${secretOf('STRIPE_SECRET_KEY').toString('hex')}`;
  const webhookSecret = `whsec_${secretOf('STRIPE_WEBHOOK_SECRET').toString('hex')}`;
  const stripe = await startStripe({
    port: place?.port ?? 0,
    secretKey,
    webhook: { url: `${shopUrl}${WEBHOOK_PATH}`, secrets: [webhookSecret] },
    file,
    log: print,
  }).catch((error: unknown) => {
    throw new UserError(`The local payment provider cannot start: ${messageOf(error)}`);
  });
  return {
    variables: {
      PAYMENT_VIA: 'stripe',
      STRIPE_API_URL: stripe.url,
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
    },
    close: () => stripe.close(),
  };
}
