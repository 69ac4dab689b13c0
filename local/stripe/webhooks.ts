/** Delivers events to the shop, signed, and tries again as Stripe does. Makes no event. */
import { DELIVERY_ANSWER_MS_MAX, DELIVERY_PAUSES_MS } from './limits.ts';
import { signatureHeader } from './signature.ts';
import type { Delivery } from './state.ts';
import { nowS, type World } from './world.ts';

export interface WebhookEndpoint {
  url: string;
  /** Of the signature; several while one is exchanged. */
  secrets: readonly string[];
  /** The types of events that are told; all of them by default. */
  events?: readonly string[];
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
      return webhooks.endpoint && first(deliveries.values())?.atMs;
    },
  };
  return webhooks;
}

async function deliverAll(world: World, { endpoint }: Webhooks): Promise<void> {
  if (endpoint === undefined) return;
  for (;;) {
    const next = first(world.state.deliveries.values());
    if (next === undefined || next.atMs > world.nowMs()) return;
    settle(world, next, await deliverOne(world, endpoint, next));
  }
}

/** Not before its answer: what is under way when the server is killed is delivered again. */
function settle({ state, nowMs }: World, delivery: Delivery, isTaken: boolean): void {
  const { id, eventId, tries } = delivery;
  const event = state.events.get(eventId);
  const pauseMs = DELIVERY_PAUSES_MS[tries];
  if (isTaken && event !== undefined) event.pending_webhooks = 0;
  state.deliveries.delete(id);
  if (isTaken || pauseMs === undefined) return;
  state.deliveries.set(id, { ...delivery, atMs: nowMs() + pauseMs, tries: tries + 1 });
}

/** The one whose time comes first. */
function first(deliveries: Iterable<Delivery>): Delivery | undefined {
  let soonest: Delivery | undefined;
  for (const one of deliveries) if (soonest === undefined || one.atMs < soonest.atMs) soonest = one;
  return soonest;
}

/** Whether the shop took it. */
async function deliverOne(
  world: World,
  { url, secrets, events }: WebhookEndpoint,
  { eventId }: Delivery,
): Promise<boolean> {
  const event = world.state.events.get(eventId);
  if (event === undefined || !(events?.includes(event.type) ?? true)) return true;
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
