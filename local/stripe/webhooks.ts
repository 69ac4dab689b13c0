/** Delivers events to the shop, signed, and tries again as Stripe does. Makes no event. */
import { DELIVERY_ANSWER_MS_MAX, DELIVERY_PAUSES_MS } from './limits.ts';
import { signatureHeader } from './signature.ts';
import type { Delivery } from './state.ts';
import { nowS, type World } from './world.ts';

export interface WebhookEndpoint {
  url: string;
  /** Of the signature; several while one is exchanged. */
  secrets: readonly string[];
}

export interface Webhooks {
  /** Undefined: nobody is told, and what is due waits. */
  endpoint: WebhookEndpoint | undefined;
  /** Delivers what is due, one after the other. */
  deliverDue(): Promise<void>;
  /** Undefined where nothing waits. */
  nextAtMs(): number | undefined;
}

export function createWebhooks(world: World, endpoint: WebhookEndpoint | undefined): Webhooks {
  let last: Promise<void> = Promise.resolve();
  const webhooks: Webhooks = {
    endpoint,
    // What became due meanwhile is delivered, too, before this ends.
    deliverDue() {
      last = last.then(() => deliverAll(world, webhooks));
      return last;
    },
    nextAtMs() {
      const { deliveries } = world.state;
      if (webhooks.endpoint === undefined || deliveries.length === 0) return undefined;
      return deliveries.reduce((next, { atMs }) => Math.min(next, atMs), Infinity);
    },
  };
  return webhooks;
}

async function deliverAll(world: World, { endpoint }: Webhooks): Promise<void> {
  if (endpoint === undefined) return;
  for (;;) {
    const due = takeDue(world);
    if (due === undefined) return;
    const isTaken = await deliverOne(world, endpoint, due);
    const event = world.state.events.get(due.eventId);
    const pauseMs = DELIVERY_PAUSES_MS[due.tries];
    if (isTaken && event !== undefined) event.pending_webhooks = 0;
    if (isTaken || pauseMs === undefined) continue;
    const atMs = world.nowMs() + pauseMs;
    world.state.deliveries.push({ ...due, atMs, tries: due.tries + 1 });
  }
}

/** The one that has waited longest. */
function takeDue(world: World): Delivery | undefined {
  const { deliveries } = world.state;
  const nowMs = world.nowMs();
  const [first] = deliveries
    .filter(({ atMs }) => atMs <= nowMs)
    .toSorted((a, b) => a.atMs - b.atMs);
  if (first !== undefined) deliveries.splice(deliveries.indexOf(first), 1);
  return first;
}

/** Whether the shop took it. */
async function deliverOne(
  world: World,
  { url, secrets }: WebhookEndpoint,
  { eventId }: Delivery,
): Promise<boolean> {
  const event = world.state.events.get(eventId);
  if (event === undefined) return true;
  const body = JSON.stringify(event, null, 2);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signatureHeader(body, { secrets, atS: nowS(world) }),
        'user-agent': 'Stripe/1.0 (a local stand-in)',
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(DELIVERY_ANSWER_MS_MAX),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
