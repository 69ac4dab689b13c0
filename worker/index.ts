/** The front door: real dependencies, the app, the object's class. */
import { createApp } from './app.ts';
import { ConfigError } from './config.ts';
import type { Deps } from './deps.ts';
import { secure } from './http/headers.ts';
import { problemResponse } from './http/problem.ts';
import { log } from './log.ts';
import { sweep } from './sweep.ts';
import { type ShopEnv, wire } from './wiring.ts';

export { LiveObject } from './live/live-object.ts';
export { SaleObject } from './sale/sale-object.ts';

/** A configuration is put right by hand, not within a second. */
const RETRY_AFTER_MS = 60_000;

interface Shop {
  deps: Deps;
  app: ReturnType<typeof createApp>;
}

/** Made once per isolate: the bindings never change while it lives. */
let shop: Shop | undefined;

export default {
  async fetch(request, env, ctx) {
    try {
      return await open(env).app.fetch(request, env, ctx);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      log('error', 'configuration', { variables: error.variables });
      // The page can tell a shopper that the shop is away; JSON cannot.
      if (!new URL(request.url).pathname.startsWith('/api/')) return env.ASSETS.fetch(request);
      const detail = `Configuration: ${error.message}`;
      const answer = problemResponse('unavailable', { detail, retryAfterMs: RETRY_AFTER_MS });
      secure(answer.headers, false);
      return answer;
    }
  },
  async scheduled(_controller, env) {
    await sweep(open(env).deps);
  },
} satisfies ExportedHandler<ShopEnv>;

function open(env: ShopEnv): Shop {
  if (shop === undefined) {
    const deps = wire(env);
    shop = { deps, app: createApp(deps) };
  }
  return shop;
}
