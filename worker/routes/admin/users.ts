/** Customers and admins as admins see and switch them, over HTTP. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import {
  type CustomerDetail,
  type CustomerList,
  customerListQuerySchema,
} from '../../contract/administration.ts';
import { type UserId, userIdSchema } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import type { Act } from '../../stores/postgres/audit.ts';
import { paged, writeCursor } from '../../stores/postgres/cursors.ts';
import {
  activateCustomer,
  deactivateCustomer,
  findCustomer,
  listCustomers,
} from '../../stores/postgres/customers.ts';
import { liftSuppression } from '../../stores/postgres/mail-suppressions.ts';
import { releaseHolds } from '../../sweep/release-holds.ts';

const userParam = valid('param', z.object({ id: userIdSchema }));

type Needed = Needs<{
  sale: 'expireDue';
  stores: 'db';
  logging: 'log';
  platform: 'nowMs';
}>;

export function customerRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  const act = (c: Context<CallerEnv>): Act => ({ actor: c.get('caller').userId, nowMs: nowMs() });
  return new Hono<CallerEnv>()
    .get('/', valid('query', customerListQuerySchema), async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const found = await listCustomers(db, { ...filter, after: pageStart(cursor), limit });
      const { customers, walkedTo } = found;
      const { page, nextCursor } = paged(customers, limit, ({ createdAt, id }) => ({
        atMs: Date.parse(createdAt),
        id,
      }));
      const serverNow = new Date(nowMs()).toISOString();
      const list: CustomerList = {
        users: page,
        nextCursor: nextCursor ?? (walkedTo ? writeCursor(walkedTo) : null),
        serverNow,
      };
      return c.json(list, 200);
    })
    .get('/:id', userParam, async (c) =>
      c.json(await readCustomer(deps, c.req.valid('param').id), 200),
    )
    .post('/:id/deactivate', userParam, async (c) => {
      const { id } = c.req.valid('param');
      const done = await deactivateCustomer(db, id, act(c));
      if (done.outcome !== 'done') throw new HttpProblem(done.outcome);
      await releaseHolds(deps, id, done.eventIds);
      return c.json(await readCustomer(deps, id), 200);
    })
    .post('/:id/allow-mail', userParam, async (c) => {
      const { id } = c.req.valid('param');
      const done = await liftSuppression(db, id, act(c));
      if (done !== 'done') throw new HttpProblem(done);
      return c.json(await readCustomer(deps, id), 200);
    })
    .post('/:id/activate', userParam, async (c) => {
      const { id } = c.req.valid('param');
      const done = await activateCustomer(db, id, act(c));
      if (done !== 'done') throw new HttpProblem(done);
      return c.json(await readCustomer(deps, id), 200);
    });
}

async function readCustomer({ stores, platform }: Needed, id: UserId): Promise<CustomerDetail> {
  const customer = await findCustomer(stores.db, id, platform.nowMs());
  if (customer === undefined) throw new HttpProblem('not_found');
  return customer;
}
