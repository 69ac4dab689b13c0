/** The object that keeps the connection to MongoDB. A thin shell: all it decides is when to open. */
import { DurableObject } from 'cloudflare:workers';
import { readGatewayConfig } from './config.ts';
import { type DriverStore, openDriverStore } from './driver-store.ts';
import { toCanonical } from './protocol/ejson.ts';
import { type Operation, reviveOperation } from './protocol/operation.ts';
import type { Outcome } from './store.ts';

export class MongoObject extends DurableObject<Env> {
  #store: DriverStore | undefined;

  /** Takes a written operation and answers with an outcome as canonical EJSON. Never throws. */
  async run(operation: string): Promise<string> {
    return toCanonical(await this.#run(reviveOperation(operation)));
  }

  async #run(operation: Operation): Promise<Outcome> {
    try {
      this.#store ??= this.#open();
      return await this.#store.run(operation);
    } catch (error) {
      console.error('the Data API failed', String(error));
      return { refusal: { code: 'InternalServerError', message: 'internal server error' } };
    }
  }

  #open(): DriverStore {
    const config = readGatewayConfig(this.env);
    if ('wrong' in config) throw new Error('the Worker calls no object while variables are wrong');
    return openDriverStore({
      uri: config.mongodbUri,
      database: config.api.database,
      log: (message, error) => console.error(message, String(error)),
    });
  }
}
