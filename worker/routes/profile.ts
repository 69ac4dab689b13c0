/** The caller's own account, orders and logins. */
import { Hono } from 'hono';
import * as z from 'zod';
import {
  type LoginList,
  languageChangeSchema,
  type OwnMail,
  profileChangeSchema,
} from '../contract/accounts.ts';
import { loginIdSchema, orderIdSchema } from '../contract/ids.ts';
import { type OrderHistory, orderHistoryQuerySchema } from '../contract/orders.ts';
import type { Needs } from '../deps/deps.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../http/guards.ts';
import { assertOwnName } from '../http/own-name.ts';
import { pageStart } from '../http/pages.ts';
import { HttpProblem } from '../http/problem.ts';
import { revalidated } from '../http/revalidation.ts';
import { valid } from '../http/validate.ts';
import { paged } from '../stores/postgres/cursors.ts';
import { endLogin } from '../stores/postgres/ended-logins.ts';
import { listLogins } from '../stores/postgres/logins.ts';
import { ownSuppression } from '../stores/postgres/mail-suppressions.ts';
import { listOrders } from '../stores/postgres/orders.ts';
import { findOwnOrder } from '../stores/postgres/own-order.ts';
import { updateLanguage, updateProfile } from '../stores/postgres/users.ts';
import { profileAddressRoutes } from './addresses.ts';

const orderParam = valid('param', z.object({ id: orderIdSchema }));
const loginParam = valid('param', z.object({ id: loginIdSchema }));

type Needed = SessionNeeds & Needs<{ payments: 'tax' }>;

export function profileRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  return new Hono<SessionEnv>()
    .use(requireSession(deps))
    .get('/', revalidated, (c) => c.json(c.get('user'), 200))
    .put('/', valid('json', profileChangeSchema), async (c) => {
      const change = c.req.valid('json');
      if (c.get('user').role === 'customer') assertOwnName(change.displayName);
      const user = await updateProfile(db, c.get('user').id, change);
      if (user === undefined) throw new HttpProblem('unauthenticated');
      return c.json(user, 200);
    })
    .get('/mail', async (c) => {
      const mail: OwnMail = { suppressed: await ownSuppression(db, c.get('user')) };
      return c.json(mail, 200);
    })
    .put('/language', valid('json', languageChangeSchema), async (c) => {
      await updateLanguage(db, c.get('user').id, c.req.valid('json').language);
      return c.body(null, 204);
    })
    .route('/', orderRoutes(deps))
    .route('/', profileAddressRoutes(deps))
    .get('/logins', async (c) => {
      const { userId, loginId } = c.get('caller');
      const found = await listLogins(db, userId, nowMs());
      const logins = found.map(({ createdAt, lastUsedAt, ...login }) => ({
        ...login,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        current: login.id === loginId,
      }));
      const list: LoginList = { logins };
      return c.json(list, 200);
    })
    .delete('/logins/:id', loginParam, async (c) => {
      const { userId } = c.get('caller');
      const { id: loginId } = c.req.valid('param');
      const isEnded = await endLogin(db, { userId, loginId, nowMs: nowMs() });
      if (!isEnded) throw new HttpProblem('not_found');
      return c.body(null, 204);
    });
}

function orderRoutes({ stores: { db }, payments: { tax }, platform: { nowMs } }: Needed) {
  return new Hono<SessionEnv>()
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
        tax,
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
    })
    .get('/orders/:id', revalidated, orderParam, async (c) => {
      const { id } = c.req.valid('param');
      const customerId = c.get('caller').userId;
      const order = await findOwnOrder(db, { id, customerId, nowMs: nowMs(), tax });
      if (order === undefined) throw new HttpProblem('not_found');
      return c.json(order, 200);
    });
}
