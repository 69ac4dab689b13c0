/**
 * Promises that another request settles: where requests of one isolate wait for the same thing,
 * each waits on one of these, made in the request that awaits it.
 */

/**
 * The runtime marks each promise with the request that made it, so that whoever awaits it goes on in
 * that request and not in the one that settles it. Where the compiler had optimised it, `new Promise`
 * and `then` made promises without the mark (workerd of 2026-11), and answers were written in somebody
 * else's request. `withResolvers` is not inlined. bench/faults/rush.smoke.test.ts notices.
 */
export function crossRequestPromise<T>(): PromiseWithResolvers<T> {
  return Promise.withResolvers<T>();
}
