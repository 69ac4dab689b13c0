/** When a reminder's mail leaves, as the shop and its page tell it alike. Must not need more than numbers. */

/** How long before its opening a sale is reminded of. */
export const REMIND_AHEAD_MS = 15 * 60_000;
