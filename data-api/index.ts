/**
 * The Data API as a Worker of its own, in front of any MongoDB. Requests are checked here; the
 * connection is kept by an object, since one of a request's own would cost it a third of a second.
 */
import { createDataApi } from './app.ts';
import { type GatewayConfig, readGatewayConfig } from './config.ts';
import { complaintOf } from './environment.ts';
import type { MongoObject } from './mongo-object.ts';
import { fromCanonical } from './protocol/ejson.ts';
import { writeOperation } from './protocol/operation.ts';
import { STATUS } from './protocol/refusal.ts';
import type { DocumentStore, Outcome } from './store.ts';

export { MongoObject } from './mongo-object.ts';

interface GatewayEnv extends Omit<Env, 'MONGO'> {
  MONGO: DurableObjectNamespace<MongoObject>;
}

/** One: a connection serves many requests, and an Atlas cluster counts connections. */
const OBJECT_NAME = 'mongodb';

let handlers = new WeakMap<object, (request: Request) => Promise<Response>>();

export default {
  fetch(request, env) {
    const known = handlers.get(env);
    if (known !== undefined) return known(request);
    const handler = createHandler(env);
    handlers = new WeakMap([[env, handler]]);
    return handler(request);
  },
} satisfies ExportedHandler<GatewayEnv>;

function createHandler(env: GatewayEnv): (request: Request) => Promise<Response> {
  const config = readGatewayConfig(env);
  if ('wrong' in config) {
    const message = `Configuration: ${config.wrong.map(complaintOf).join('. ')}.`;
    console.error(message);
    const code = 'ServiceUnavailable';
    return async () =>
      Response.json({ error: message, error_code: code }, { status: STATUS[code] });
  }
  return createDataApi({
    store: remoteStore(env, config),
    config: config.api,
    log: (message, error) => console.error(message, String(error)),
  });
}

function remoteStore(env: GatewayEnv, { location }: GatewayConfig): DocumentStore {
  const options = location === undefined ? {} : { locationHint: location };
  return {
    async run(operation) {
      // A new stub each time: one that has failed stays broken.
      const object = env.MONGO.getByName(OBJECT_NAME, options);
      try {
        return fromCanonical(await object.run(writeOperation(operation))) as Outcome;
      } catch (error) {
        console.error('the object did not answer', String(error));
        const message = 'the connection keeper did not answer; a write may have taken place';
        return { refusal: { code: 'ServiceUnavailable', message } };
      }
    },
  };
}
