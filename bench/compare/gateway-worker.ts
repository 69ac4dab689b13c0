/**
 * The gateway as it is deployed, and the same with a client for each request, which is
 * what a Worker without an object would do. Built for the bench, never deployed.
 */
import { createDataApi } from '../../data-api/app.ts';
import { readGatewayConfig } from '../../data-api/config.ts';
import { openDriverStore } from '../../data-api/driver-store.ts';
import gateway from '../../data-api/index.ts';

export { MongoObject } from '../../data-api/index.ts';

/** What the path of a request begins with that is to have a client of its own. */
const PER_REQUEST = '/per-request/';

export default {
  fetch(request, env, ctx) {
    const isPerRequest = new URL(request.url).pathname.startsWith(PER_REQUEST);
    return isPerRequest ? answerAlone(request, env, ctx) : gateway.fetch(request, env);
  },
} satisfies ExportedHandler<Env>;

function answerAlone(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const config = readGatewayConfig(env);
  if ('wrong' in config)
    throw new Error(`missing or malformed: ${config.wrong.map(({ name }) => name).join(', ')}`);
  const { mongodbUri: uri, api } = config;
  const store = openDriverStore({ uri, database: api.database });
  const handle = createDataApi({
    config: api,
    store: {
      async run(operation) {
        try {
          return await store.run(operation);
        } finally {
          // The answer does not wait for it; the next request opens its own anyway.
          ctx.waitUntil(store.close());
        }
      },
    },
  });
  return handle(request);
}
