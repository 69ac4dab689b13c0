/** Examples of queues in the description. A test validates each of them. */

export const FIRST_COME_PLAN = {
  admission: 'first_come',
  waitlist: true,
  offerSeconds: 600,
};

export const NOBODY_WAITS = { waiting: 0, waitingUnits: 0, servedRank: 0, offers: 0 };
