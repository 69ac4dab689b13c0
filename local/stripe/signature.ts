/** The header by which Stripe signs a webhook: https://docs.stripe.com/webhooks#verify-manually. Pure. */
import { createHmac } from 'node:crypto';

/** @param secrets each signs; two while one is exchanged. */
export function signatureHeader(
  body: string,
  { secrets, atS }: { secrets: readonly string[]; atS: number },
): string {
  const signed = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${atS}.${body}`).digest('hex'),
  );
  return [`t=${atS}`, ...signed.map((hex) => `v1=${hex}`)].join(',');
}
