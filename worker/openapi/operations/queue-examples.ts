/** Examples of queues in the description. A test validates each of them. */

const serverNow = '2026-11-27T09:59:58.000Z';

export const FIRST_COME_PLAN = {
  admission: 'first_come',
  waitlist: true,
  offerSeconds: 600,
  reportPublic: false,
};

export const NOBODY_WAITS = { waiting: 0, waitingUnits: 0, servedRank: 0, offers: 0 };

export const ENTRY_ID = 'ent_0123456789ab_01kb8c4zj0h7pqrstv';

const entry = {
  id: ENTRY_ID,
  eventId: 'evt_0123456789ab',
  eventItemId: 'evi_0123456789ab_1',
  quantity: 2,
  minQuantity: 1,
  status: 'waiting',
  reason: null,
  enteredAt: '2026-11-27T09:59:57.412Z',
  seq: 343,
  rank: 343,
  ahead: { entries: 12, units: 17 },
  outlook: 'possible',
  orderId: null,
  record: { seq: 343, head: '5f'.repeat(32) },
  receipt: 'eyJhbGciOiJFUzI1NiJ9.eyJzZXEiOjM0M30.c2lnbmF0dXJl',
};

const left = { ...entry, status: 'left', ahead: null, outlook: 'unknown' };

export const QUEUE_EXAMPLES = {
  wish: { quantity: 2, minQuantity: 1 },
  waiting: { entry, serverNow },
  left: { entry: left, serverNow },
  own: {
    entries: [
      {
        ...entry,
        eventTitle: 'Espresso machine drop',
        itemName: 'Espresso machine',
        variantLabel: 'Red',
      },
    ],
    nextCursor: null,
    serverNow,
  },
  event: {
    items: [
      {
        eventItemId: entry.eventItemId,
        waiting: 980,
        waitingUnits: 1204,
        servedRank: 50,
        offers: 50,
        steps: [
          { score: `00${'5c'.repeat(31)}`, rank: 1, entriesBefore: 0, unitsBefore: 0 },
          { score: `84${'1f'.repeat(31)}`, rank: 513, entriesBefore: 512, unitsBefore: 629 },
        ],
      },
    ],
    drawn: true,
    drawnAt: '2026-11-27T09:00:00.212Z',
    seed: '9d'.repeat(32),
    serverNow,
  },
};

const stock = { total: 50, remaining: 0, held: 1, sold: 49 };
const counts = { waiting: 342, waitingUnits: 360, servedRank: 17, offers: 17 };

/** One item, which has gone, and for which others wait. */
export const INTEGRITY_EXAMPLE = {
  ok: true,
  items: [
    {
      eventItemId: entry.eventItemId,
      ...stock,
      recounted: { held: stock.held, sold: stock.sold },
      ok: true,
    },
  ],
  queue: {
    ok: true,
    items: [{ eventItemId: entry.eventItemId, ...counts, recounted: counts, ok: true }],
    unmatchedOffers: 0,
    untimelyOffers: 0,
  },
  money: { ok: true, broken: {} },
};
