/** What the mail provider reports: addresses to which nothing is sent any more. */
import { Hono } from 'hono';
import { isSigned } from '../auth/webhook-signature.ts';
import { mailEventSchema, suppressionOf } from '../contract/mail-events.ts';
import type { Needs } from '../deps/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { suppressAddresses } from '../stores/postgres/mail-suppressions.ts';

type Needed = Needs<{ site: 'mailWebhookSecret'; stores: 'db'; platform: 'nowMs' }>;

/** Without the provider's secret in the configuration there is no such route. */
export function mailEventRoutes({ site, stores, platform }: Needed) {
  const { mailWebhookSecret: secret } = site;
  const routes = new Hono();
  if (secret === undefined) return routes;
  return routes.post('/events', async (c) => {
    const nowMs = platform.nowMs();
    const body = await c.req.text();
    const message = { header: (name: string) => c.req.header(name), body };
    if (!isSigned(message, { secret, nowMs })) throw new HttpProblem('unauthenticated');
    const event = mailEventSchema.safeParse(parse(body));
    if (!event.success) throw new HttpProblem('malformed');
    const reason = suppressionOf(event.data);
    const emails = event.data.data?.to ?? [];
    if (reason !== undefined) await suppressAddresses(stores.db, { emails, reason, nowMs });
    return c.body(null, 204);
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
