/**
 * Draws whose beacon fails from the time of their round on, all beside each other, on the production bundle: each
 * says that it waits, and comes out as it would have without the fault. DRILLS_SILENCE_SECONDS=300 makes it five
 * minutes.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { DrawAnswer, DrawEntry } from '../../worker/contract/draw.ts';
import type { ItemId } from '../../worker/contract/ids.ts';
import { nameRound } from '../../worker/draw/beacon-rounds.ts';
import type { BeaconKey } from '../../worker/draw/bls.ts';
import { bytesOf } from '../../worker/draw/hex.ts';
import { localBeaconKey, localRound } from '../../worker/draw/local-beacon.ts';
import { drawSeed } from '../../worker/draw/seed.ts';
import { insertCatalogueItem } from '../speed/fixtures.ts';
import { type Caller, enrol, signIn } from './api-caller.ts';
import { type BeaconRelay, openBeaconRelay, type RelayMode } from './beacon-relay.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';

const SILENCE_MS = Number(process.env['DRILLS_SILENCE_SECONDS'] || 6) * 1_000;
const NOTES = 10;
/** From then on until the end of the sale the beacon is back. */
const SALE_AFTER_MS = 600_000;
/** Until all draws are planned and entered on a busy machine. */
const FIRST_OPENS_IN_MS = 12_000;
/** Of the beacon, so that each draw has a round of its own. */
const PERIOD_MS = 3_000;
const SHOPPERS = 3;
const WAIT = { timeout: 60_000, interval: 200 };
const SETUP_MS_MAX = 180_000;
const SECRET = randomBytes(32).toString('base64url');

/** What each of two relays does with a round until the silence is over; then the first of them has it. */
const FAULTS: [string, RelayMode, RelayMode][] = [
  ['no relay answers', 'mute', 'mute'],
  ['relays say that there is no such round, and fail', '404', '500'],
  ['relays tell another round', 'another_round', 'another_round'],
  ['relays tell a wrong signature', 'wrong_signature', 'wrong_signature'],
  ['relays differ, and none is right', 'another_round', 'wrong_signature'],
];
const HELPED = 'one relay lies and the other has the round';

interface PlannedDraw {
  id: string;
  round: number;
}

/** What anybody could read of a draw at some time of the silence, and how often its round was asked for. */
interface Note {
  afterMs: number;
  status: string;
  seed: string | null;
  ranking: string | null;
  statements: number;
  asked: number;
}

let shop: FaultyShop;
let admin: Caller;
let shoppers: Caller[];
let key: BeaconKey;
let itemId: ItemId;
let relays: [BeaconRelay, BeaconRelay];
const planned = new Map<string, PlannedDraw>();
const foretold = new Map<string, string[]>();
const notes = new Map<string, Note[]>();

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
  shoppers = await Promise.all(Array.from({ length: SHOPPERS }, () => enrol(shop.url)));
}, SETUP_MS_MAX);

beforeAll(
  async () => {
    const startsAtMs = Date.now() + FIRST_OPENS_IN_MS;
    const faults: typeof FAULTS = [...FAULTS, [HELPED, 'wrong_signature', 'serve']];
    await Promise.all(
      faults.map(async ([name, ...modes], index) => {
        const draw = await planDraw(startsAtMs + index * PERIOD_MS, modes);
        planned.set(name, draw);
      }),
    );
    for (const [name, { id }] of planned) {
      await vi.waitUntil(async () => isDue((await readDraw(id)).status), WAIT);
      foretold.set(name, await foretellOrder(id));
    }
    await keepSilent();
    for (const { round } of planned.values()) relays[0].modes.set(round, 'serve');
  },
  SETUP_MS_MAX + SILENCE_MS + FAULTS.length * WAIT.timeout,
);

afterAll(async () => {
  await shop?.close();
  for (const relay of relays ?? []) await relay.close();
});

/** A draw that all shoppers enter, whose round meets these relays. */
async function planDraw(startsAtMs: number, modes: RelayMode[]): Promise<PlannedDraw> {
  const { round } = nameRound('local', key, startsAtMs);
  for (const [index, mode] of modes.entries()) relays[index]?.modes.set(round, mode);
  const plan = {
    title: 'Lamps',
    description: '',
    currency: 'EUR',
    startsAt: new Date(startsAtMs).toISOString(),
    endsAt: new Date(startsAtMs + SILENCE_MS + SALE_AFTER_MS).toISOString(),
    holdSeconds: 60,
    published: true,
    admission: 'draw',
    items: [{ itemId, priceCents: 100, stock: 1, limitPerCustomer: 1 }],
  };
  const made = await admin.ask('/admin/events', { json: plan, key: plan.startsAt });
  expect(made.status).toBe(201);
  const { id, items } = made.body as unknown as { id: string; items: { id: string }[] };
  for (const shopper of shoppers) {
    const entered = await shopper.ask(`/queue/${items[0]?.id}`, { json: {}, key: id });
    expect(entered.status).toBe(201);
  }
  return { id, round };
}

async function readDraw(id: string): Promise<DrawAnswer['draw']> {
  const answer = await fetch(`${shop.url}/api/v1/events/${id}/draw`);
  return ((await answer.json()) as DrawAnswer).draw;
}

async function readRecords(id: string): Promise<DrawEntry[]> {
  const answer = await fetch(`${shop.url}/api/v1/events/${id}/draw/entries`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as DrawEntry);
}

function isDue(status: string): boolean {
  return status === 'waiting_for_beacon' || status === 'drawn';
}

/** As whoever has the beacon's key computes it before anybody else can: all entries are of one item. */
async function foretellOrder(id: string): Promise<string[]> {
  const { start, head, beacon } = await readDraw(id);
  if (start === null || head === null) throw new Error('nobody entered');
  const { randomness } = await localRound(key, beacon.round);
  const seed = await drawSeed({ start, head, randomness: bytesOf(randomness) });
  const scoreOf = (entryId: string) => createHmac('sha256', seed).update(entryId).digest();
  const ids = (await readRecords(id)).map(({ entryId }) => entryId);
  return ids.toSorted((one, other) => scoreOf(one).compare(scoreOf(other)));
}

/** At least until each round was asked for again, and the draw of HELPED is made. */
async function keepSilent(): Promise<void> {
  const since = performance.now();
  const noteAll = async () => {
    for (const [name, draw] of planned) {
      const note = await noteOf(draw, Math.round(performance.now() - since));
      notes.set(name, [...(notes.get(name) ?? []), note]);
    }
  };
  for (let n = 0; n < NOTES; n++) {
    await noteAll();
    await sleep(Math.max(since + ((n + 1) * SILENCE_MS) / NOTES - performance.now(), 0));
  }
  for (const [name, draw] of planned) {
    const isSeen = (note: Note) =>
      name === HELPED ? note.statements === 2 : note.asked > (notes.get(name)?.[0]?.asked ?? 0);
    await vi.waitUntil(async () => isSeen(await noteOf(draw, 0)), WAIT);
  }
  await noteAll();
  if (process.env['DRILLS_TELL']) {
    for (const [name, all] of notes) process.stderr.write(`${name}: ${JSON.stringify(all)}\n`);
  }
}

async function noteOf({ id, round }: PlannedDraw, afterMs: number): Promise<Note> {
  const { status, seed, ranking, statements } = await readDraw(id);
  const asked = Math.max(...relays.map((relay) => relay.asked(round)));
  return { afterMs, status, seed, ranking, statements: statements.length, asked };
}

async function expectDrawnAsForetold(name: string): Promise<void> {
  const plan = planned.get(name);
  if (plan === undefined) throw new Error(`${name} was not planned`);
  const { id, round } = plan;
  await vi.waitFor(async () => {
    const draw = await readDraw(id);
    expect(draw).toMatchObject({ status: 'drawn', entries: SHOPPERS });
    expect(draw.statements).toHaveLength(2);
  }, WAIT);
  expect((await readDraw(id)).beacon).toMatchObject({ kind: 'local', chain: key.chain, round });
  const ranked = (await readRecords(id)).toSorted(
    (one, other) => (one.rank ?? 0) - (other.rank ?? 0),
  );
  expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 3]);
  expect(ranked.map(({ entryId }) => entryId)).toEqual(foretold.get(name));
}

it('gives each draw a round of its own', () => {
  expect(new Set([...planned.values()].map(({ round }) => round)).size).toBe(FAULTS.length + 1);
});

it.each(FAULTS)(
  'while %s, a draw says that it waits, and then comes out the same',
  async (name) => {
    const noted = notes.get(name) ?? [];
    expect(noted).toHaveLength(NOTES + 1);
    for (const note of noted) {
      const { status, seed, ranking, statements } = note;
      expect({ status, seed, ranking, statements }, JSON.stringify(note)).toEqual({
        status: 'waiting_for_beacon',
        seed: null,
        ranking: null,
        statements: 1,
      });
    }
    await expectDrawnAsForetold(name);
  },
  90_000,
);

it(`a draw is drawn in time where ${HELPED}`, async () => {
  expect(notes.get(HELPED)?.at(-1)).toMatchObject({ status: 'drawn', statements: 2 });
  await expectDrawnAsForetold(HELPED);
}, 90_000);
