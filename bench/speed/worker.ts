/**
 * The measured Worker: the shop as it is deployed, in one bundle with what it is compared to.
 * Must not change how the shop itself answers.
 */
import { DurableObject } from 'cloudflare:workers';
import { neon } from '@neondatabase/serverless';
import * as z from 'zod';
import { createApp, leanPipeline } from '../../worker/app.ts';
import { readConfig } from '../../worker/config/config.ts';
import { eventIdOf, eventItemIdSchema } from '../../worker/contract/ids.ts';
import { reserveSchema } from '../../worker/contract/orders.ts';
import type { Deps } from '../../worker/deps/deps.ts';
import { requireCaller } from '../../worker/http/guards.ts';
import { createAccessLog } from '../../worker/http/pipeline/access-log.ts';
import { createRequestCheck } from '../../worker/http/pipeline/request-check.ts';
import { idempotencyKeyOf, valid } from '../../worker/http/validate.ts';
import type { Attempt, EdgeReport } from '../../worker/sale/rules/attempts.ts';
import { type ShopEnv, wire } from '../../worker/wiring.ts';
import { NAIVE_PURCHASE, naiveParams } from './naive.ts';
import { shopperId } from './shopper-ids.ts';

export { HashObject } from '../../worker/auth/hash-object.ts';
export { BeaconObject } from '../../worker/draw/object/beacon-object.ts';
export { LiveObject } from '../../worker/live/object/live-object.ts';
export { OutboxObject } from '../../worker/outbox/object/outbox-object.ts';
export { SaleObject } from '../../worker/sale/object/sale-object.ts';

interface BenchEnv extends ShopEnv {
  EMPTY: DurableObjectNamespace<EmptyObject>;
}

/** What a call to an object costs when the object does nothing. */
export class EmptyObject extends DurableObject {
  nothing(): void {}
}

const listSchema = z.strictObject({ first: z.int().min(0), count: z.int().min(1).max(1_000) });
/** Of a caller that has cached nothing. */
const NO_REPORT: EdgeReport = { noticeTakenAtMs: 0, soldOutSaid: 0 };
const eventItemParam = valid('param', z.object({ id: eventItemIdSchema }));

let app: ReturnType<typeof createBenchApp> | undefined;

export default {
  fetch(request, env, ctx) {
    app ??= createBenchApp(env);
    return app.fetch(request, env, ctx);
  },
} satisfies ExportedHandler<BenchEnv>;

/** The bench's routes stand behind the pipeline of a purchase, or they would be dearer than it. */
function createBenchApp(env: BenchEnv) {
  const deps = wire(env);
  const shop = createApp(deps);
  const bench = createBench(env, deps);
  return {
    fetch(request: Request, _env: BenchEnv, context: ExecutionContext) {
      return (isBench(request.url) ? bench : shop).fetch(request, env, context);
    },
  };
}

function isBench(url: string): boolean {
  return new URL(url).pathname.startsWith('/bench/');
}

function createBench(env: BenchEnv, deps: Deps) {
  const signedIn = requireCaller(deps);
  const query = neon(readConfig(env).databaseUrl);
  const pipeline = leanPipeline(deps, {
    check: createRequestCheck(() => pipeline.routes),
    record: createAccessLog(deps.logging),
  });
  return pipeline
    .post('/bench/ok', signedIn, valid('json', reserveSchema), (c) => c.json({ ok: true }))
    .post('/bench/empty', signedIn, valid('json', reserveSchema), async (c) => {
      await env.EMPTY.getByName('empty').nothing();
      return c.json({ ok: true });
    })
    .post('/bench/naive/:id', signedIn, eventItemParam, valid('json', reserveSchema), async (c) => {
      const rows = await query.query(
        NAIVE_PURCHASE,
        naiveParams({
          eventItemId: c.req.valid('param').id,
          customerId: c.get('caller').userId,
          key: idempotencyKeyOf(c),
        }),
      );
      return rows.length > 0 ? c.json({ ok: true }, 201) : c.json({ code: 'sold_out' }, 409);
    })
    .post('/bench/list/:id', eventItemParam, valid('json', listSchema), async (c) => {
      const eventItemId = c.req.valid('param').id;
      const { first, count } = c.req.valid('json');
      const attempts = Array.from({ length: count }, (_, n): Attempt => {
        const customerId = shopperId(first + n);
        const key = `${customerId}-${eventItemId}`;
        return { kind: 'reserve', eventItemId, quantity: 1, customerId, sessionEpoch: 0, key };
      });
      const sale = env.SALES.getByName(eventIdOf(eventItemId));
      const { answers } = await sale.attempt(attempts, NO_REPORT);
      const refused = answers.flatMap((answer) => (answer.ok ? [] : answer.refusal.code));
      return c.json({ granted: answers.length - refused.length, refused });
    });
}
