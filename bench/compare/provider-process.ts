/**
 * The local payment provider as a program of its own, with the way that the shop takes to it: what they
 * cost must not be the shop's or the load's. Obeys messages and ends with its channel.
 */
import { startStripe } from '../../local/stripe/server.ts';
import { EVENTS_WANTED } from '../../worker/payment/stripe/webhook.ts';
import { openTcpProxy } from '../faults/tcp-proxy.ts';
import type { ProviderAnswer, ProviderOrder } from './payment-messages.ts';

const proxy = await openTcpProxy(0);
process.on('message', (order: ProviderOrder) => void obey(order));
process.on('disconnect', () => process.exit());

async function obey(order: ProviderOrder): Promise<void> {
  if (order.kind === 'listen') return answer({ kind: 'listening', port: proxy.port });
  if (order.kind === 'mode') {
    proxy.setMode(order.mode);
    return answer({ kind: 'changed' });
  }
  const { secretKey, webhookUrl, webhookSecret } = order;
  const webhook = { url: webhookUrl, secrets: [webhookSecret], events: EVENTS_WANTED };
  const stripe = await startStripe({ secretKey, webhook });
  proxy.target = Number(new URL(stripe.url).port);
  answer({ kind: 'serving', url: stripe.url });
}

function answer(said: ProviderAnswer): void {
  process.send?.(said);
}
