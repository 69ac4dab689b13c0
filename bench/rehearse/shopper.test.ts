/** Proves one shopper's script against a scripted shop, in virtual time. */
import { expect, test } from 'vitest';
import { makeEventId, makeEventItemId, makeOrderId } from '../../worker/contract/ids.ts';
import { ATTEMPTS_MAX, PACE } from './pace.ts';
import type { Role } from './roles.ts';
import type { Said, TakenOrder } from './shop.ts';
import { playShopper, type Stage } from './shopper.ts';
import { newTally } from './tally.ts';

const OPENS_AT_MS = Date.parse('2026-05-01T12:00:00.000Z');
const HOLD_MS = 6_000;
const EVENT_ID = makeEventId((bytes) => bytes);
const ROLE: Role = { ending: 'keep', doubleClicks: false, earlyMs: 0, thinkMs: 500 };

type Verb = 'reserve' | 'confirm' | 'cancel';
type Script = Partial<Record<Verb, Array<(atMs: number) => Said<TakenOrder>>>>;

function order(tail: number, status: TakenOrder['order']['status']) {
  return (atMs: number): Said<TakenOrder> => {
    const id = makeOrderId(EVENT_ID, tail, (bytes) => bytes);
    const expiresAt = iso(atMs + HOLD_MS);
    const value = { id, status, quantity: 1, reservedAt: iso(atMs), expiresAt };
    return { kind: 'ok', value: { order: value, serverNow: iso(atMs) } };
  };
}

function refused(code: string, extra: object = {}) {
  return (): Said<TakenOrder> => ({ kind: 'refused', refusal: { code, ...extra } });
}

const soldOutUntil = (ms: number) => refused('sold_out', { nextReleaseAt: iso(OPENS_AT_MS + ms) });

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Each verb gives its answers in turn, the last one for ever. */
async function play(role: Partial<Role>, script: Script) {
  let nowMs = OPENS_AT_MS - 2_000;
  const said: Array<{ verb: Verb; key: string; afterOpeningMs: number }> = [];
  const act = (verb: Verb) => async (ask: { key: string }) => {
    const answers = script[verb] ?? [];
    const turn = said.filter((one) => one.verb === verb).length;
    said.push({ verb, key: ask.key, afterOpeningMs: nowMs - OPENS_AT_MS });
    const answer = answers[Math.min(turn, answers.length - 1)];
    if (!answer) throw new Error(`${verb} was not expected`);
    return answer(nowMs);
  };
  let keys = 0;
  const stage: Stage = {
    shop: { reserve: act('reserve'), confirm: act('confirm'), cancel: act('cancel') },
    eventItemId: makeEventItemId(EVENT_ID, 1),
    opensAtMs: OPENS_AT_MS,
    tally: newTally(),
    pace: PACE,
    serverNow: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
    newKey: () => `key ${++keys}`,
  };
  const account = { email: '', password: '', token: '', random: () => 0.5 };
  await playShopper({ index: 3, account, role: { ...ROLE, ...role } }, stage);
  return { said, tally: stage.tally };
}

test('who keeps a unit asks at the opening, thinks, and confirms', async () => {
  const script = { reserve: [order(1, 'pending')], confirm: [order(1, 'confirmed')] };
  const { said, tally } = await play({}, script);
  expect(said.map((one) => [one.verb, one.afterOpeningMs])).toEqual([
    ['reserve', PACE.openingSlackMs],
    ['confirm', PACE.openingSlackMs + 500],
  ]);
  expect(tally.holds).toMatchObject([{ shopper: 3, ending: 'confirmed' }]);
  expect(tally.unexpected.size).toBe(0);
});

test('who is early is refused, and asks again at the opening under another key', async () => {
  const notOpen = refused('not_open', {
    opensAt: iso(OPENS_AT_MS),
    serverNow: iso(OPENS_AT_MS - 1),
  });
  const script = { reserve: [notOpen, order(1, 'pending')], confirm: [order(1, 'confirmed')] };
  const { said, tally } = await play({ earlyMs: 700 }, script);
  expect(said[0]?.afterOpeningMs).toBe(-700);
  expect(said[1]?.afterOpeningMs).toBeGreaterThan(0);
  expect(said[1]?.key).not.toBe(said[0]?.key);
  expect(tally.firstAnswers).toBe(1);
});

test('who loses comes back when a unit may be free, until nothing can be', async () => {
  const script = {
    reserve: [
      soldOutUntil(6_000),
      soldOutUntil(9_000),
      refused('sold_out', { nextReleaseAt: null }),
    ],
  };
  const { said, tally } = await play({}, script);
  expect(said.map((one) => one.afterOpeningMs)).toEqual([5, 6_500, 9_500]);
  expect(tally.toldFinal).toBe(1);
  expect(tally.refused.get('sold_out')).toBe(3);
});

test('who confirms too late and still wants a unit asks again', async () => {
  const script = {
    reserve: [order(1, 'pending'), order(2, 'pending')],
    confirm: [refused('hold_expired'), order(2, 'confirmed')],
  };
  const { tally } = await play({ thinkMs: HOLD_MS + 1 }, script);
  expect(tally.holds.map((hold) => hold.ending)).toEqual(['lapsed', 'confirmed']);
  expect(tally.unexpected.size).toBe(0);
});

test('a hold that ends before its time is noted', async () => {
  const script = {
    reserve: [order(1, 'pending'), refused('sold_out', { nextReleaseAt: null })],
    confirm: [refused('hold_expired')],
  };
  const { tally } = await play({}, script);
  expect([...tally.unexpected.keys()]).toEqual(['hold_expired before its time']);
});

test('who cancels goes home, and so does who walks away', async () => {
  const reserve = [order(1, 'pending')];
  const cancelled = await play({ ending: 'cancel' }, { reserve, cancel: [order(1, 'cancelled')] });
  expect(cancelled.tally.holds[0]?.ending).toBe('cancelled');
  const left = await play({ ending: 'leave' }, { reserve });
  expect(left.tally.holds[0]?.ending).toBe('left');
  expect(left.said).toHaveLength(1);
});

test('a double click is one key sent twice, and one hold', async () => {
  const script = { reserve: [order(1, 'pending')], confirm: [order(1, 'confirmed')] };
  const { said, tally } = await play({ doubleClicks: true }, script);
  expect(said[0]?.key).toBe(said[1]?.key);
  expect(tally.holds).toHaveLength(1);
  expect(tally.doubled).toBe(0);
});

test('a double click that makes two orders is noted', async () => {
  const script = {
    reserve: [order(1, 'pending'), order(2, 'pending')],
    confirm: [order(1, 'confirmed')],
  };
  expect((await play({ doubleClicks: true }, script)).tally.doubled).toBe(1);
});

test('a confirm that is answered with another state is noted, and is no sale', async () => {
  const script = { reserve: [order(1, 'pending')], confirm: [order(1, 'pending')] };
  const { tally } = await play({}, script);
  expect([...tally.unexpected.keys()]).toEqual(['asked for confirmed, answered pending']);
  expect(tally.holds[0]?.ending).toBe('held');
});

test('nobody asks for ever', async () => {
  const bySale = await play({}, { reserve: [soldOutUntil(0)] });
  expect(bySale.said.length).toBeLessThanOrEqual(ATTEMPTS_MAX);
  expect([...bySale.tally.gaveUp.values()]).toEqual([1]);
  const byTime = await play({}, { reserve: [soldOutUntil(PACE.saleMsMax)] });
  expect(byTime.tally.gaveUp.get('the sale took too long')).toBe(1);
});

test('who never got an answer has given up', async () => {
  const { tally } = await play({}, { reserve: [() => ({ kind: 'gave_up', reason: 'network' })] });
  expect(tally.gaveUp.get('network')).toBe(1);
});
