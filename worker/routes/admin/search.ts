/** The console's one search, over HTTP. */
import { Hono } from 'hono';
import { type AdminSearch, adminSearchQuerySchema } from '../../contract/admin-search.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { valid } from '../../http/validate.ts';
import { searchAll } from '../../stores/postgres/admin-search.ts';

type Needed = Needs<{ stores: 'db'; platform: 'nowMs' }>;

export function adminSearchRoutes({ stores: { db }, platform: { nowMs } }: Needed) {
  return new Hono<CallerEnv>().get('/', valid('query', adminSearchQuerySchema), async (c) => {
    const found: AdminSearch = await searchAll(db, c.req.valid('query').q, nowMs());
    return c.json(found, 200);
  });
}
