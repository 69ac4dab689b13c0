/** The beacon of draws in the shop's own objects, and the round that a plan names. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { NamedBeacon } from '../../contract/draw.ts';
import type { EventId } from '../../contract/ids.ts';
import { LOCAL_CHAIN_NAME, roundName } from '../../draw/beacon-client.ts';
import { type BeaconChain, nameRound, QUICKNET } from '../../draw/beacon-rounds.ts';
import { verifyRound } from '../../draw/bls.ts';
import { hexOf } from '../../draw/hex.ts';
import { localBeaconKey } from '../../draw/local-beacon.ts';
import { events } from '../../stores/postgres/schema.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { deps, makeItem, makeShopper, shopEnv } from '../../testing/shop.ts';
import { wait } from '../../testing/waiting.ts';

const HOUR_MS = 3_600_000;
/** A round of the local beacon that is due. */
const PAST_MS = 1_700_000_000_000;

let admin: Admin;
let chain: BeaconChain;

beforeAll(async () => {
  admin = await makeAdmin();
  chain = await shopEnv.BEACONS.getByName(LOCAL_CHAIN_NAME).localChain();
});

function objectOf(named: NamedBeacon) {
  return shopEnv.BEACONS.getByName(roundName(named));
}

describe('the object of a round', () => {
  it('has the shop’s own, with a signature of its key', async () => {
    const named = nameRound('local', chain, PAST_MS);
    const round = await objectOf(named).round(named);
    const { signature = new Uint8Array() } = round ?? {};
    const verified = await verifyRound(chain.publicKey, named.round, hexOf(signature));
    expect(verified).toEqual(round);
    expect(chain).toEqual({
      chain: named.chain,
      publicKey: (await localBeaconKey(shopEnv.JWT_SECRET)).publicKey,
    });
  });

  it('keeps it for a day', async () => {
    const named = nameRound('local', chain, PAST_MS + 3_000);
    const stub = objectOf(named);
    const round = await stub.round(named);
    const kept = () => runInDurableObject(stub, (_, { storage }) => storage.get('round'));
    expect(await kept()).toEqual(round);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await kept()).toBeUndefined();
    expect(await stub.round(named)).toEqual(round);
  });

  it('has none before its time', async () => {
    const named = nameRound('local', chain, Date.now() + HOUR_MS);
    expect(await objectOf(named).round(named)).toBeNull();
  });

  it('has one for a draw that was planned before chains were kept', async () => {
    const unnamed = nameRound('local', { chain: '', publicKey: '' }, PAST_MS);
    const named = nameRound('local', chain, PAST_MS);
    expect(await objectOf(unnamed).round(unnamed)).toEqual(await objectOf(named).round(named));
  });

  it('has none of a chain that is not known', async () => {
    const other = await localBeaconKey('another secret');
    for (const named of [
      nameRound('local', other, PAST_MS),
      nameRound('local', { ...chain, publicKey: other.publicKey }, PAST_MS + 6_000),
      nameRound('drand', { ...QUICKNET, publicKey: other.publicKey }, PAST_MS),
      nameRound('drand', other, PAST_MS),
    ]) {
      expect(await objectOf(named).round(named)).toBeNull();
    }
  });
});

const namedIn = async (eventId: EventId) => {
  const { db } = deps.stores;
  const [row] = await db
    .select({ named: events.drawBeacon, startsAt: events.startsAt })
    .from(events)
    .where(eq(events.id, eventId));
  return row;
};

describe('the plan of a draw', () => {
  it('names the first round due at or after its start, anew until somebody enters', async () => {
    const itemId = await makeItem();
    const plan = {
      title: 'Lamps',
      description: '',
      currency: 'EUR',
      startsAt: inFuture(HOUR_MS),
      endsAt: inFuture(5 * HOUR_MS),
      holdSeconds: 60,
      published: true,
      admission: 'draw',
      items: [{ itemId, priceCents: 100, stock: 1, limitPerCustomer: 1 }],
    };
    const made = await admin.call('POST', '/events', plan);
    expect(made.status).toBe(201);
    const { id, items } = await made.json<AdminEvent>();
    expect(await namedIn(id)).toMatchObject({
      named: nameRound('local', chain, Date.parse(plan.startsAt)),
    });

    const startsAt = inFuture(2 * HOUR_MS + 1_234);
    const edit = (changes: object) => admin.call('PUT', `/events/${id}`, { ...plan, ...changes });
    expect((await edit({ startsAt })).status).toBe(200);
    const named = nameRound('local', chain, Date.parse(startsAt));
    expect(await namedIn(id)).toMatchObject({ named });

    await wait(await makeShopper(), items[0]?.id ?? ('' as never));
    expect((await edit({ startsAt, title: 'More lamps' })).status).toBe(200);
    expect(await namedIn(id)).toMatchObject({ named });

    const first = await admin.call('POST', '/events', { ...plan, admission: 'first_come' });
    const { id: other } = await first.json<AdminEvent>();
    expect(await namedIn(other)).toMatchObject({ named: null });
  });
});
