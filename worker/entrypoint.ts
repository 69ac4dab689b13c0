/**
 * The Worker's entrypoint: makes the shop once per isolate, or keeps it closed and says why. A shop
 * whose configuration is wrong answers no call at all, so that none of it half works.
 */
import type { ConfigFault } from '../data-api/environment.ts';
import { createApp } from './app.ts';
import { ConfigError } from './config/config.ts';
import type { Deps } from './deps/deps.ts';
import { isAllowedHost } from './http/hosts.ts';
import { refusal } from './http/pipeline/refusal.ts';
import { couldBePage } from './pages/addresses.ts';
import { log } from './platform/log.ts';
import { sweep } from './sweep/sweep.ts';
import { type ShopEnv, wire } from './wiring.ts';

const HEALTH_PATH = '/api/v1/health';
/** A developer who starts the Worker alone has no database. */
const OWN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOCAL_HINT =
  'On this machine, `npm run services` in another terminal brings a database; start the Worker again then. Or `npm run dev` starts everything at once.';
const WRONG_HOST = 'The shop does not answer under this name; see ALLOWED_HOSTS.';
/** A configuration is put right by hand, not within a second. */
const RETRY_AFTER_MS = 60_000;

type Shop =
  | { deps: Deps; app: ReturnType<typeof createApp>; wrong?: never }
  | { wrong: ConfigError };

export function createEntrypoint() {
  /** Made once: the bindings never change while an isolate lives. */
  let shop: Shop | undefined;
  return {
    fetch(request, env, ctx) {
      shop ??= open(env);
      if (shop.wrong === undefined) {
        return isAllowedHost(request.url, shop.deps.site.allowedHosts)
          ? shop.app.fetch(request, env, ctx)
          : refusal('forbidden', { detail: WRONG_HOST });
      }
      return couldBePage(new URL(request.url).pathname)
        ? closedPage(env)
        : closed(request, shop.wrong);
    },
    /** Throws where the configuration is wrong, so that the platform shows it as a failed run. */
    async scheduled(_controller, env) {
      shop ??= open(env);
      if (shop.wrong !== undefined) throw shop.wrong;
      await sweep(shop.deps);
    },
  } satisfies ExportedHandler<ShopEnv>;
}

function open(env: ShopEnv): Shop {
  try {
    const deps = wire(env);
    return { deps, app: createApp(deps) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { faults } = error;
    const hint = lacksDatabase(faults) ? { locally: 'npm run services' } : {};
    log('error', 'the shop is closed: its configuration is wrong', { faults, ...hint });
    return { wrong: error };
  }
}

/** A page, which can say to a shopper that the shop is away; JSON cannot. */
async function closedPage(env: ShopEnv): Promise<Response> {
  const page = await env.ASSETS.fetch('https://assets.invalid/');
  const headers = new Headers(page.headers);
  headers.set('Cache-Control', 'no-store');
  headers.set('Retry-After', String(RETRY_AFTER_MS / 1_000));
  return new Response(page.body, { status: page.ok ? 503 : page.status, headers });
}

/** Only the health check names the variables that are wrong, and no answer has a value of one. */
function closed(request: Request, { faults }: ConfigError): Promise<Response> {
  const { pathname, hostname } = new URL(request.url);
  const hints = OWN_MACHINE.has(hostname) && lacksDatabase(faults) ? [LOCAL_HINT] : [];
  const isHealth = pathname === HEALTH_PATH;
  const details = isHealth ? [`Configuration: ${sentence(faults)}.`, ...hints] : hints;
  return refusal('unavailable', {
    ...(details.length > 0 && { detail: details.join(' ') }),
    ...(isHealth && { extra: { errors: fieldsOf(faults) } }),
    retryAfterMs: RETRY_AFTER_MS,
  });
}

function lacksDatabase(faults: ConfigFault[]): boolean {
  return faults.some(({ name, fault }) => name === 'DATABASE_URL' && fault === 'missing');
}

function sentence(faults: ConfigFault[]): string {
  return faults.map(({ name, fault }) => `${name} is ${fault}`).join(', ');
}

function fieldsOf(faults: ConfigFault[]): { path: string; message: string }[] {
  return faults.map(({ name, fault, form }) => ({
    path: name,
    message: `is ${fault}; it must be ${form}`,
  }));
}
