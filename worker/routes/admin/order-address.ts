/** An order's address, as an admin corrects it. */
import { Hono } from 'hono';
import * as z from 'zod';
import { addressChangeSchema } from '../../contract/address-input.ts';
import { orderIdSchema } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { setOrderAddress } from '../../paying/order-address.ts';
import { detailOf } from './order-desk.ts';

const orderParam = valid('param', z.object({ id: orderIdSchema }));

type Needed = Needs<{
  sale: 'attempt';
  payments: 'provider' | 'tax';
  stores: 'db';
  platform: 'nowMs';
}>;

export function adminOrderAddressRoutes(deps: Needed) {
  const { sale, stores, payments, platform } = deps;
  const needs = { db: stores.db, sale, ...payments, nowMs: platform.nowMs };
  return new Hono<CallerEnv>().put(
    '/:id/address',
    orderParam,
    valid('json', addressChangeSchema),
    async (c) => {
      const { id } = c.req.valid('param');
      const { address } = c.req.valid('json');
      const actor = c.get('caller').userId;
      const refused = await setOrderAddress(needs, { orderId: id, address, actor });
      if (refused !== undefined) {
        const serverNow = new Date(platform.nowMs()).toISOString();
        throw new HttpProblem(refused, { extra: { serverNow } });
      }
      return c.json(await detailOf(deps, id), 200);
    },
  );
}
