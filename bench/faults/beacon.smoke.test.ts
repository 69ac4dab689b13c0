/**
 * A draw whose beacon fails around the time of its round, on the production bundle: it says that it waits, and
 * comes out as it would have without the fault. Five minutes of silence are in worker/draw/draw-event.test.ts.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DrawAnswer } from '../../worker/contract/draw.ts';
import type { ItemId } from '../../worker/contract/ids.ts';
import type { BeaconKey } from '../../worker/draw/bls.ts';
import { bytesOf, hexOf } from '../../worker/draw/hex.ts';
import { localBeaconKey, localRound } from '../../worker/draw/local-beacon.ts';
import { drawSeed } from '../../worker/draw/seed.ts';
import { insertCatalogueItem } from '../speed/fixtures.ts';
import { type Caller, enrol, signIn } from './api-caller.ts';
import { type BeaconRelay, openBeaconRelay, type RelayMode } from './beacon-relay.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';

const OPENS_IN_MS = 4_000;
/** Until the round is due and was asked for a few times. */
const FAULT_MS = 6_000;
const WAIT = { timeout: 20_000, interval: 200 };
const SECRET = randomBytes(32).toString('base64url');

/** What each of two relays does until the fault is over; then the first of them has the round. */
const FAULTS: [string, RelayMode, RelayMode][] = [
  ['no relay answers', 'mute', 'mute'],
  ['relays say that there is no such round, and fail', '404', '500'],
  ['relays tell another round', 'another_round', 'another_round'],
  ['relays tell a wrong signature', 'wrong_signature', 'wrong_signature'],
  ['relays differ, and none is right', 'another_round', 'wrong_signature'],
];

let shop: FaultyShop;
let admin: Caller;
let key: BeaconKey;
let itemId: ItemId;
let relays: [BeaconRelay, BeaconRelay];

beforeAll(async () => {
  key = await localBeaconKey(SECRET);
  relays = [await openBeaconRelay(key), await openBeaconRelay(key)];
  shop = await openFaultyShop();
  await shop.killRuntime({
    JWT_SECRET: SECRET,
    DRAW_RELAYS: relays.map(({ origin }) => origin).join(','),
    DRAW_LEAD_SECONDS: '1',
  });
  itemId = await insertCatalogueItem(shop.db);
  admin = await signIn(shop.url, shop.admin);
}, 180_000);

afterAll(async () => {
  await shop?.close();
  for (const relay of relays ?? []) await relay.close();
});

/** A draw that opens soon, with three who entered. @returns its id. */
async function planDraw(): Promise<string> {
  const startsAt = new Date(Date.now() + OPENS_IN_MS).toISOString();
  const plan = {
    title: 'Lamps',
    description: '',
    currency: 'EUR',
    startsAt,
    endsAt: new Date(Date.now() + 600_000).toISOString(),
    holdSeconds: 60,
    published: true,
    admission: 'draw',
    items: [{ itemId, priceCents: 100, stock: 1, limitPerCustomer: 1 }],
  };
  const made = await admin.ask('/admin/events', { json: plan, key: startsAt });
  expect(made.status).toBe(201);
  const { id, items } = made.body as unknown as { id: string; items: { id: string }[] };
  for (let n = 0; n < 3; n++) {
    const shopper = await enrol(shop.url);
    const entered = await shopper.ask(`/queue/${items[0]?.id}`, { json: {}, key: `${n}` });
    expect(entered.status).toBe(201);
  }
  return id;
}

async function readDraw(id: string): Promise<DrawAnswer['draw']> {
  const answer = await fetch(`${shop.url}/api/v1/events/${id}/draw`);
  return ((await answer.json()) as DrawAnswer).draw;
}

/** As anybody computes it who has the beacon's round. */
async function seedOf({ start, head, beacon }: DrawAnswer['draw']): Promise<string> {
  if (start === null || head === null) throw new Error('nobody entered');
  const { randomness } = await localRound(key, beacon.round);
  return hexOf(await drawSeed({ start, head, randomness: bytesOf(randomness) }));
}

async function expectDrawn(id: string): Promise<void> {
  await vi.waitFor(async () => {
    const draw = await readDraw(id);
    expect(draw).toMatchObject({ status: 'drawn', entries: 3 });
    expect(draw.statements).toHaveLength(2);
  }, WAIT);
  const draw = await readDraw(id);
  expect(draw.seed).toBe(await seedOf(draw));
  expect(draw.beacon).toMatchObject({ kind: 'local', chain: key.chain });
}

describe.each(FAULTS)('while %s', (_name, first, second) => {
  it('a draw waits and says so, and is then drawn by the same round', async () => {
    [relays[0].mode, relays[1].mode] = [first, second];
    const asked = relays[0].asked;
    const id = await planDraw();
    await vi.waitFor(
      async () => expect((await readDraw(id)).status).toBe('waiting_for_beacon'),
      WAIT,
    );
    const waited = Date.now() + FAULT_MS;
    await vi.waitUntil(() => relays[0].asked > asked + 1 || Date.now() > waited, WAIT);
    expect(relays[0].asked).toBeGreaterThan(asked);
    expect(await readDraw(id)).toMatchObject({ status: 'waiting_for_beacon', seed: null });
    relays[0].mode = 'serve';
    await expectDrawn(id);
  }, 90_000);
});

it('a draw is drawn in time where one relay lies and the other has the round', async () => {
  [relays[0].mode, relays[1].mode] = ['wrong_signature', 'serve'];
  await expectDrawn(await planDraw());
}, 90_000);
