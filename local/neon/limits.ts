// Owns every size, count and time limit of the local Neon endpoint. Holds numbers only.

/**
 * Bytes of one request's body. Neon's proxy ships with 10 MiB; its hosted service documents
 * 64 MB. The smaller one holds here, so that what works locally works there.
 */
export const REQUEST_BYTES_MAX = 10 * 1024 * 1024;

/** Bytes of all the rows one request may bring back, as Postgres text. Same source as above. */
export const RESULT_BYTES_MAX = 10 * 1024 * 1024;

/** Requests being read, waiting or running at once; one more is answered 503. */
export const REQUESTS_IN_FLIGHT_MAX = 1_000;

/** Statements of one batch. */
export const STATEMENTS_PER_BATCH_MAX = 10_000;

/** The wire protocol counts a statement's parameters in 16 bits. */
export const PARAMS_PER_STATEMENT_MAX = 65_535;

/** Arrays nested deeper than this have no Postgres counterpart (its own limit is 6). */
export const ARRAY_DEPTH_MAX = 32;

/**
 * How long an unused HTTP connection stays open. Much longer than Node's 5 s, because a Worker
 * that sends on a connection just being closed sees a lost request.
 */
export const KEEP_ALIVE_MS_MAX = 120_000;

/** How long closing the endpoint waits for requests in flight. */
export const SHUTDOWN_MS_MAX = 10_000;

/** Connections to a real Postgres; Neon's proxy keeps as many per endpoint. */
export const CONNECTIONS_MAX = 20;

/** How long a request waits for a connection to a real Postgres, new or freed. */
export const CONNECT_MS_MAX = 5_000;

/** How long a connection to a real Postgres is kept unused. */
export const CONNECTION_IDLE_MS_MAX = 60_000;

/** How long one request may keep a connection to a real Postgres before it is cut. */
export const REQUEST_ON_CONNECTION_MS_MAX = 30_000;
