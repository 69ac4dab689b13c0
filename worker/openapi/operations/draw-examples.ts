/** Examples of draws in the description. A test validates each of them; their hashes prove nothing. */
import { ENTRY_ID } from './queue-examples.ts';

const eventId = 'evt_0123456789ab';
const eventItemId = 'evi_0123456789ab_1';
const startsAtMs = Date.parse('2026-11-27T10:00:00.000Z');
const head = '5f'.repeat(32);
const beacon = {
  kind: 'drand',
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey: '83cf0f2896adee7e'.repeat(12),
  round: 34_323_545,
};
const locked = 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoibG9ja2VkIn0.c2lnbmF0dXJl';
const drawn = 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiZHJhd24ifQ.c2lnbmF0dXJl';

const record = {
  seq: 343,
  kind: 'enter',
  entryId: ENTRY_ID,
  eventItemId,
  quantity: 2,
  minQuantity: 1,
  at: '2026-11-27T09:12:57.412Z',
  head,
  rank: 17,
  outcome: 'offered',
  reason: null,
};

export const DRAW_EXAMPLES = {
  draw: {
    draw: {
      version: 1,
      number: 12,
      status: 'drawn',
      entries: 980,
      records: 1_004,
      counts: {
        version: 1,
        records: 1_004,
        from: '2026-11-27T09:00:00.000Z',
        stepSeconds: 300,
        entered: [88, 71, 102, 64, 58, 61, 77, 80, 93, 95, 90, 101],
        left: [0, 1, 3, 2, 0, 4, 1, 2, 3, 1, 5, 2],
      },
      head: '1c'.repeat(32),
      start: {
        eventId,
        number: 12,
        startsAtMs,
        entriesCloseAtMs: startsAtMs - 40_000,
        beacon: { ...beacon, roundAtMs: startsAtMs },
        offerSeconds: 600,
        payment: 'none',
        currency: 'EUR',
        items: [{ eventItemId, stock: 50, priceMinor: 24_900, limitPerCustomer: 2 }],
      },
      beacon: { ...beacon, roundAt: '2026-11-27T10:00:00.000Z' },
      lockedAt: '2026-11-27T09:59:20.310Z',
      randomness: 'a1'.repeat(32),
      signature: 'b2'.repeat(48),
      seed: 'c3'.repeat(32),
      ranking: 'd4'.repeat(32),
      drawnAt: '2026-11-27T10:00:02.118Z',
      givenUp: null,
      statement: drawn,
      statements: [locked, drawn],
    },
    serverNow: '2026-11-27T10:00:03.000Z',
  },
  entries: `${JSON.stringify(record)}\n`,
};
