/** Notifications on the caller's device: whether there are any, switched on and off. */
import { Hono } from 'hono';
import { type OwnPush, pushInputSchema } from '../contract/push.ts';
import type { Needs } from '../deps/deps.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../http/guards.ts';
import { HttpProblem } from '../http/problem.ts';
import { valid } from '../http/validate.ts';
import {
  findOwnEndpoint,
  removePushSubscription,
  savePushSubscription,
} from '../stores/postgres/push-subscriptions.ts';

/** A shop that has no key now has none in a minute either. */
const UNCONFIGURED_RETRY_MS = 3_600_000;

type Needed = SessionNeeds & Needs<{ push: 'publicKey' | 'takes' }>;

export function ownPushRoutes(deps: Needed) {
  const { push, platform } = deps;
  const { db } = deps.stores;
  const session = requireSession(deps);
  return new Hono<SessionEnv>()
    .get('/push', session, async (c) => {
      const { publicKey } = push;
      const endpoint =
        publicKey === undefined ? undefined : await findOwnEndpoint(db, deviceOf(c.get('caller')));
      const own: OwnPush = { publicKey: publicKey ?? null, endpoint: endpoint ?? null };
      return c.json(own, 200);
    })
    .put('/push', session, valid('json', pushInputSchema), async (c) => {
      if (push.publicKey === undefined) {
        throw new HttpProblem('push_unavailable', { retryAfterMs: UNCONFIGURED_RETRY_MS });
      }
      const { subscription, language } = c.req.valid('json');
      if (!push.takes(subscription.endpoint)) throw new HttpProblem('push_service_unknown');
      const device = { ...deviceOf(c.get('caller')), nowMs: platform.nowMs() };
      const isSaved = await savePushSubscription(db, { ...device, subscription, language });
      if (!isSaved) throw new HttpProblem('unauthenticated');
      return c.body(null, 204);
    })
    .delete('/push', session, async (c) => {
      await removePushSubscription(db, deviceOf(c.get('caller')));
      return c.body(null, 204);
    });
}

function deviceOf({ userId, loginId }: SessionEnv['Variables']['caller']) {
  return { userId, loginId };
}
