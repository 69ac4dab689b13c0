/** Links to drafts, for whoever is to look at one before it is published. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { PreviewLink } from '../../contract/event-lifecycle.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { logPreview } from '../../stores/postgres/audit.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Time for a colleague to look, and not much more: nobody can take a link back. */
const PREVIEW_MS = 7 * DAY_MS;

type Needed = Needs<{
  accounts: 'previewTokens';
  site: 'publicUrl';
  stores: 'db';
  platform: 'nowMs';
}>;

export function eventPreviewRoutes({ accounts, site, stores, platform }: Needed) {
  return new Hono<CallerEnv>().post(
    '/:id/preview',
    valid('param', z.object({ id: eventIdSchema })),
    async (c) => {
      const { id: eventId } = c.req.valid('param');
      const actor = c.get('caller').userId;
      const isThere = await logPreview(stores.db, { actor, eventId });
      if (!isThere) throw new HttpProblem('not_found');
      const endsAtMs = Math.floor((platform.nowMs() + PREVIEW_MS) / 1_000) * 1_000;
      const token = accounts.previewTokens.make({ eventId, endsAtMs });
      // Told to nobody but the admin, who has found the shop there.
      const origin = site.publicUrl ?? new URL(c.req.url).origin;
      const link: PreviewLink = {
        url: `${origin}/preview/${token}`,
        expiresAt: new Date(endsAtMs).toISOString(),
      };
      return c.json(link, 200, { 'Cache-Control': 'no-store' });
    },
  );
}
