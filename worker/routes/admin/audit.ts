/** The audit log, over HTTP: read only. */
import { Hono } from 'hono';
import { type AuditList, auditQuerySchema } from '../../contract/audit.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { valid } from '../../http/validate.ts';
import { listNamedAudit } from '../../stores/postgres/audit-list.ts';
import { paged } from '../../stores/postgres/cursors.ts';

type Needed = Needs<{ stores: 'db'; platform: 'nowMs' }>;

export function auditRoutes({ stores: { db }, platform: { nowMs } }: Needed) {
  return new Hono<CallerEnv>().get('/', valid('query', auditQuerySchema), async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const after = pageStart(cursor, (id) => Number.isSafeInteger(Number(id)));
    const rows = await listNamedAudit(db, { ...filter, after, limit });
    const { page, nextCursor } = paged(rows, limit, ({ at, id }) => ({
      atMs: Date.parse(at),
      id: String(id),
    }));
    const serverNow = new Date(nowMs()).toISOString();
    const list: AuditList = { entries: page, nextCursor, serverNow };
    return c.json(list, 200);
  });
}
