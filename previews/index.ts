/** The previews' Worker: pictures of reports, drawn outside of the Worker that sells. Wires only. */
import { complaintOf, faultsIn, valuesIn } from '../data-api/environment.ts';
import { createPreviews, type Later } from './app.ts';
import { VARIABLES } from './variables.ts';

type Handler = (request: Request, later: Later) => Promise<Response>;

let handlers = new WeakMap<object, Handler>();

export default {
  fetch(request, env, context) {
    const handler = handlers.get(env) ?? createHandler(env);
    handlers = new WeakMap([[env, handler]]);
    return handler(request, (work) => context.waitUntil(work));
  },
} satisfies ExportedHandler<Env>;

function createHandler(env: Env): Handler {
  const wrong = faultsIn(VARIABLES, env);
  if (wrong.length > 0) {
    const message = `Configuration: ${wrong.map(complaintOf).join('. ')}.`;
    console.error(message);
    return async () => new Response(message, { status: 503 });
  }
  return createPreviews({
    shopUrl: valuesIn(VARIABLES, env).SHOP_URL,
    fetch: (url, init) => fetch(url, init),
    cache: caches.default,
    nowMs: () => Date.now(),
    log: (message, error) => console.error(message, String(error)),
  });
}
