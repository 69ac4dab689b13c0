/** Tells what an HTTP request asks for from what objects do by themselves: alarms of earlier tests, ticks. */
import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<true>();

type Fetch = (...args: never[]) => Response | Promise<Response>;

/** The same entrypoint, whose requests can be told from other work. */
export function marksRequests<T extends { fetch: Fetch }>(entrypoint: T): T {
  const fetch = ((...args) => requests.run(true, () => entrypoint.fetch(...args))) as T['fetch'];
  return { ...entrypoint, fetch };
}

/** Whether the code that calls this runs for an HTTP request to the Worker. */
export function isForRequest(): boolean {
  return requests.getStore() === true;
}
