/** How much the console's home shows, and from when on something needs attention. Numbers alone. */

/** Counts end here: one more stands for more. */
export const COUNT_MAX = 99;
export const HOME_LIVE_MAX = 10;
export const HOME_NEXT_MAX = 5;
export const HOME_LOW_STOCK_MAX = 10;
/** Stock runs low where no more of it is left, of a hundred units. */
export const LOW_STOCK_PERCENT = 10;
/** An order that was not sent after so many days is late. */
export const UNSENT_DAYS = 3;
