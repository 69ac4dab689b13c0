/** How long a store may take to answer. */

/** A query without an answer after this long has an unknown outcome. */
export const STORE_TIMEOUT_MS = 5_000;
