/** The pages that arrive with their data: which address shows what. */
import { type Context, Hono } from 'hono';
import { eventIdSchema } from '../contract/ids.ts';
import type { PageData } from '../contract/pages.ts';
import { LIMITS } from '../contract/values.ts';
import type { Deps } from '../deps.ts';
import { askerOf } from '../http/asker.ts';
import { recentEvent, recentEvents } from '../stores/public-events.ts';
import { createPages, type Shown } from './pages.ts';

export function pageRoutes(deps: Deps) {
  const pages = createPages(deps);
  const serverNow = () => new Date(deps.nowMs()).toISOString();
  const missing = (): Shown => ({ data: { kind: 'missing', serverNow: serverNow() } });

  async function list(c: Context): Promise<Shown> {
    const read = await recentEvents(deps, { limit: LIMITS.pageSizeDefault }, askerOf(c, deps));
    return { data: { kind: 'events', list: { ...read, serverNow: serverNow() } }, read };
  }
  async function event(c: Context, text: string): Promise<Shown> {
    const id = eventIdSchema.safeParse(text);
    const read = id.success ? await recentEvent(deps, id.data, askerOf(c, deps)) : undefined;
    if (read === undefined) return missing();
    return { data: { kind: 'event', event: { ...read, serverNow: serverNow() } }, read };
  }
  return (
    new Hono()
      .get('/', (c) => pages.draw(c, () => list(c)))
      .get('/events/:id', (c) => pages.draw(c, () => event(c, c.req.param('id'))))
      .get('/events/:id/items/:itemId', (c) =>
        pages.draw(c, async () => {
          const shown = await event(c, c.req.param('id'));
          return hasItem(shown.data, c.req.param('itemId')) ? shown : missing();
        }),
      )
      // Where the browser alone knows what is there.
      .get('/events/*', () => pages.bare())
  );
}

function hasItem(data: PageData, eventItemId: string): boolean {
  return data.kind === 'event' && data.event.items.some(({ id }) => id === eventItemId);
}
