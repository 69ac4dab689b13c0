/** The client of the configured Data API, behind a breaker of its own. */
import type { Config } from '../../config/config.ts';
import { createBreaker } from './breaker.ts';
import { createDataApiClient, type DataApiClient } from './data-api-client.ts';

/** A shop whose MongoDB is away answers for its reviews at once, see breaker.ts. */
export function openDocuments(
  { dataApi }: Config,
  { nowMs, timeoutMs }: { nowMs(): number; timeoutMs: number },
): DataApiClient | undefined {
  if (dataApi === undefined) return undefined;
  const { url: baseUrl, key: apiKey, dataSource, database } = dataApi;
  const fetcher = { fetch: createBreaker({ nowMs }).guard((url, init) => fetch(url, init)) };
  return createDataApiClient({ fetcher, baseUrl, apiKey, dataSource, database, timeoutMs });
}
