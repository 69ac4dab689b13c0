/** The caller's own account and orders. */
import { Hono } from 'hono';
import { type CallerEnv, requireCaller } from '../auth/guards.ts';
import type { User } from '../contract/accounts.ts';
import type { OrderHistory } from '../contract/orders.ts';
import { pageQuerySchema } from '../contract/values.ts';
import type { Deps } from '../deps.ts';
import { pageStart } from '../http/pages.ts';
import { HttpProblem } from '../http/problem.ts';
import { valid } from '../http/validate.ts';
import { paged } from '../stores/cursors.ts';
import { listOrders } from '../stores/orders.ts';
import { findUser } from '../stores/users.ts';

export function profileRoutes(deps: Deps) {
  const { db, nowMs } = deps;
  return new Hono<CallerEnv>()
    .use(requireCaller(deps))
    .get('/', async (c) => {
      const user: User | undefined = await findUser(db, c.get('caller').userId);
      if (user === undefined) throw new HttpProblem('unauthenticated');
      return c.json(user, 200);
    })
    .get('/orders', valid('query', pageQuerySchema), async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const now = nowMs();
      const customerId = c.get('caller').userId;
      const after = pageStart(cursor);
      const rows = await listOrders(db, { customerId, after, limit, nowMs: now });
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
