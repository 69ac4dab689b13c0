/**
 * Works off the rows that are notifications: tells one device of what is true at that moment, or drops it
 * where there is nothing to say or no device to say it to any more. Throws the faults of Postgres.
 */
import type { PushConfig } from '../../config/push-variables.ts';
import { eventIdOf } from '../../contract/ids.ts';
import type { OutboxKind, OutboxPayload } from '../../contract/outbox.ts';
import type { PushMessage } from '../../contract/push.ts';
import { textIn } from '../../contract/text-in.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { findOpening, PUSH_AHEAD_MS } from '../../stores/postgres/opening-pushes.ts';
import { readStandingOrders } from '../../stores/postgres/order-mail-facts.ts';
import {
  endPushSubscription,
  findPushTarget,
  type PushTarget,
} from '../../stores/postgres/push-subscriptions.ts';
import type { Fetch } from '../mail/post-json.ts';
import { isOpenOffer } from '../mail/your-turn.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import { opensSoonText, yourTurnText } from './push-texts.ts';
import { DEVICE_GONE, sendPush } from './send-push.ts';

type PushKind = Extract<OutboxKind, `push.${string}`>;

/** A sale that opens later than this was put off, and is told of again then. */
const EARLY_MS = PUSH_AHEAD_MS + 60_000;

export interface PushPorts {
  db: Db;
  /** Undefined where the shop sends no notifications: what is left of them is dropped. */
  config: PushConfig | undefined;
  fetch: Fetch;
  nowMs(): number;
}

export type PushHandlers = {
  readonly [Kind in PushKind]: (row: { payload: OutboxPayload<Kind> }) => Promise<TryOutcome>;
};

/** What there is to say, and until when. */
interface News {
  message: PushMessage;
  untilMs: number;
}

export function createPushHandlers(ports: PushPorts): PushHandlers {
  const { db, nowMs } = ports;
  return {
    'push.opens_soon': ({ payload }) =>
      tell(ports, payload, async ({ language }) => {
        const { eventId } = payload;
        const opening = await findOpening(db, payload);
        const leftMs = (opening?.opensAtMs ?? 0) - nowMs();
        if (opening === undefined || leftMs <= 0 || leftMs > EARLY_MS) return undefined;
        const said = opensSoonText(textIn(language, opening), { language, nowMs: nowMs() });
        return {
          message: { kind: 'opens_soon', ...said, url: pathOf(eventId), tag: `opens/${eventId}` },
          untilMs: opening.opensAtMs,
        };
      }),
    'push.your_turn': ({ payload }) =>
      tell(ports, payload, async ({ language }) => {
        const { orderId, userId } = payload;
        const order = (await readStandingOrders(db, [orderId])).get(orderId);
        if (!isOpenOffer(order, userId, nowMs())) return undefined;
        const said = yourTurnText(textIn(language, order), language);
        const url = pathOf(eventIdOf(orderId));
        return {
          message: { kind: 'your_turn', ...said, url, tag: `turn/${orderId}` },
          untilMs: order.expiresAtMs,
        };
      }),
  };
}

async function tell(
  { db, config, fetch, nowMs }: PushPorts,
  device: OutboxPayload<PushKind>,
  read: (target: PushTarget) => Promise<News | undefined>,
): Promise<TryOutcome> {
  if (config === undefined) return { kind: 'dropped', reason: 'no_adapter' };
  const target = await findPushTarget(db, device);
  if (target === undefined) return { kind: 'dropped', reason: DEVICE_GONE };
  const news = await read(target);
  if (news === undefined) return { kind: 'dropped', reason: 'not_needed' };
  const outcome = await sendPush({ config, fetch, nowMs }, target, news);
  if (outcome.kind === 'dropped' && outcome.reason === DEVICE_GONE) {
    const { subscriptionId } = device;
    await endPushSubscription(db, { subscriptionId, endpoint: target.endpoint });
  }
  return outcome;
}

function pathOf(eventId: string): string {
  return `/events/${eventId}`;
}
