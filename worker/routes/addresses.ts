/** Where an order is delivered to, and the address that an account keeps, over HTTP. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { ProfileAddress } from '../contract/address.ts';
import { addressChangeSchema, orderAddressInputSchema } from '../contract/address-input.ts';
import { orderIdSchema } from '../contract/ids.ts';
import { type OrderAnswer, orderSchema } from '../contract/orders.ts';
import type { Needs } from '../deps/deps.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../http/guards.ts';
import { HttpProblem } from '../http/problem.ts';
import { keyAccepted, valid } from '../http/validate.ts';
import { type AddressNeeds, setOrderAddress } from '../paying/order-address.ts';
import {
  deleteCustomerAddress,
  findCustomerAddress,
  writeCustomerAddress,
} from '../stores/postgres/order-addresses.ts';
import { findOrder } from '../stores/postgres/orders.ts';
import { instant } from './attempt.ts';

const orderParam = valid('param', z.object({ id: orderIdSchema }));

type AddressDeps = Needs<{
  sale: 'attempt';
  outbox: 'wakePayments';
  payments: 'provider' | 'tax';
  stores: 'db';
  platform: 'nowMs';
}>;

/** Beside those of purchase.ts, whose limit by address counts these calls too. */
export function orderAddressRoutes(deps: SessionNeeds & AddressDeps) {
  const { nowMs } = deps.platform;
  return new Hono<SessionEnv>().put(
    '/:id/address',
    requireSession(deps),
    orderParam,
    keyAccepted,
    valid('json', orderAddressInputSchema),
    async (c) => {
      const { id } = c.req.valid('param');
      const customerId = c.get('user').id;
      const input = { orderId: id, customerId, ...c.req.valid('json') };
      const refused = await setOrderAddress(addressNeedsOf(deps), input);
      deps.outbox.wakePayments();
      const serverNow = nowMs();
      if (refused !== undefined) {
        throw new HttpProblem(refused, { extra: { serverNow: instant(serverNow) } });
      }
      const { tax } = deps.payments;
      const order = await findOrder(deps.stores.db, { id, customerId, nowMs: serverNow, tax });
      if (order === undefined) throw new HttpProblem('not_found');
      const answer: OrderAnswer = {
        order: orderSchema.parse(order),
        serverNow: instant(serverNow),
      };
      return c.json(answer, 200);
    },
  );
}

export function profileAddressRoutes({ stores: { db }, platform: { nowMs } }: SessionNeeds) {
  return new Hono<SessionEnv>()
    .get('/address', async (c) => {
      const answer: ProfileAddress = { address: await findCustomerAddress(db, c.get('user').id) };
      return c.json(answer, 200);
    })
    .put('/address', valid('json', addressChangeSchema), async (c) => {
      const { address } = c.req.valid('json');
      await writeCustomerAddress(db, c.get('user').id, { address, nowMs: nowMs() });
      const answer: ProfileAddress = { address };
      return c.json(answer, 200);
    })
    .delete('/address', async (c) => {
      await deleteCustomerAddress(db, c.get('user').id);
      return c.body(null, 204);
    });
}

function addressNeedsOf({ sale, stores, payments, platform }: AddressDeps): AddressNeeds {
  const { provider, tax } = payments;
  return { db: stores.db, provider, sale, nowMs: platform.nowMs, tax };
}
