/** The caller's own account and orders. */
import { Hono } from 'hono';
import { requireSession, type SessionEnv } from '../auth/guards.ts';
import { profileChangeSchema } from '../contract/accounts.ts';
import { type OrderHistory, orderHistoryQuerySchema } from '../contract/orders.ts';
import type { Deps } from '../deps.ts';
import { pageStart } from '../http/pages.ts';
import { HttpProblem } from '../http/problem.ts';
import { revalidated } from '../http/revalidation.ts';
import { valid } from '../http/validate.ts';
import { paged } from '../stores/cursors.ts';
import { listOrders } from '../stores/orders.ts';
import { updateDisplayName } from '../stores/users.ts';

export function profileRoutes(deps: Deps) {
  const { db, nowMs } = deps;
  return new Hono<SessionEnv>()
    .use(requireSession(deps))
    .get('/', revalidated, (c) => c.json(c.get('user'), 200))
    .put('/', valid('json', profileChangeSchema), async (c) => {
      const { displayName } = c.req.valid('json');
      const user = await updateDisplayName(db, c.get('user').id, displayName);
      if (user === undefined) throw new HttpProblem('unauthenticated');
      return c.json(user, 200);
    })
    .get('/orders', revalidated, valid('query', orderHistoryQuerySchema), async (c) => {
      const { limit, cursor, status, eventId } = c.req.valid('query');
      const now = nowMs();
      const customerId = c.get('caller').userId;
      const after = pageStart(cursor);
      const rows = await listOrders(db, {
        customerId,
        status,
        eventId,
        after,
        limit,
        nowMs: now,
      });
      const { page, nextCursor } = paged(rows, limit, (order) => ({
        atMs: Date.parse(order.reservedAt),
        id: order.id,
      }));
      const history: OrderHistory = {
        orders: page,
        nextCursor,
        serverNow: new Date(now).toISOString(),
      };
      return c.json(history, 200);
    });
}
