/** `npm run stripe`: the local Stripe on its own, until Ctrl-C. Decides nothing else. */
import { randomBytes } from 'node:crypto';
import { startStripe } from './stripe/server.ts';
import { UserError } from './user-error.ts';

const PORT_DEFAULT = '12111';
const SECRET_BYTES = 24;

export async function main(): Promise<void> {
  const { PORT, STRIPE_FILE, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_WEBHOOK_URL } =
    process.env;
  const secretKey = STRIPE_SECRET_KEY || `sk_test_${randomBytes(SECRET_BYTES).toString('hex')}`;
  const webhookSecret =
    STRIPE_WEBHOOK_SECRET || `whsec_${randomBytes(SECRET_BYTES).toString('hex')}`;
  const stripe = await startStripe({
    port: Number(PORT || PORT_DEFAULT),
    secretKey,
    ...(STRIPE_FILE && { file: STRIPE_FILE }),
    ...(STRIPE_WEBHOOK_URL && {
      webhook: { url: STRIPE_WEBHOOK_URL, secrets: [webhookSecret] },
    }),
    log: (line) => console.error(line),
  }).catch((error: Error) => {
    throw new UserError(`The local Stripe cannot start: ${error.message}`);
  });
  console.log(`API             ${stripe.url}`);
  console.log(`secret key      ${secretKey}`);
  if (STRIPE_WEBHOOK_URL) console.log(`webhook secret  ${webhookSecret}`);
  const stop = () => void stripe.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
