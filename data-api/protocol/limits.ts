/** Every limit of the Data API, by name. Bytes are UTF-8, times are milliseconds. */

/** Of a request. MongoDB's own documents end at 16 MiB; a Worker has 128 MiB for everything. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** Of a request that is too large, read before the connection is cut. */
export const DRAINED_BYTES_MAX = 32 * 1024 * 1024;
/** Objects and arrays inside each other; MongoDB itself ends at 100. */
export const NESTING_MAX = 64;
/** In one insertMany. */
export const INSERT_DOCUMENTS_MAX = 1_000;
/** Of a find without a limit of its own, and the most that one may name; 0 asks for as many. */
export const FIND_LIMIT_DEFAULT = 1_000;
export const FIND_LIMIT_MAX = 50_000;
export const SKIP_MAX = 1_000_000;
/** Of an aggregation, counted over all of its inner pipelines. */
export const STAGES_MAX = 50;
/** Of a regular expression. */
export const PATTERN_CHARS_MAX = 256;
/** Of all documents in an answer. */
export const RESULT_BYTES_MAX = 8 * 1024 * 1024;
/** From the call of the store to its answer. */
export const OPERATION_MS_MAX = 5_000;
/** The same in the embedded store, where a regular expression holds up everybody else. */
export const PATTERN_MS_MAX = 500;
/** Waiting for the store at once; more are answered 429. */
export const IN_FLIGHT_MAX = 256;
