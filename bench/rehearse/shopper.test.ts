/** Proves one shopper's script against a scripted shop, in virtual time. */
import { expect, test } from 'vitest';
import { makeEventId, makeEventItemId, makeOrderId } from '../../worker/contract/ids.ts';
import { newObservations } from './observations.ts';
import type { Role } from './roles.ts';
import type { ApiResult, TakenOrder } from './shop-client.ts';
import { playShopper, type SaleContext } from './shopper.ts';
import { ATTEMPTS_MAX, TIMING } from './timing.ts';

const OPENS_AT_MS = Date.parse('2026-05-01T12:00:00.000Z');
const HOLD_MS = 6_000;
const EVENT_ID = makeEventId((bytes) => bytes);
const ROLE: Role = { ending: 'keep', doubleClicks: false, earlyMs: 0, thinkMs: 500 };

type Verb = 'reserve' | 'confirm' | 'cancel';
type Script = Partial<Record<Verb, Array<(atMs: number) => ApiResult<TakenOrder>>>>;

function order(tail: number, status: TakenOrder['order']['status']) {
  return (atMs: number): ApiResult<TakenOrder> => {
    const id = makeOrderId(EVENT_ID, tail, (bytes) => bytes);
    const expiresAt = iso(atMs + HOLD_MS);
    const value = { id, status, quantity: 1, reservedAt: iso(atMs), expiresAt };
    return { kind: 'ok', value: { order: value, serverNow: iso(atMs) } };
  };
}

function refused(code: string, extra: object = {}) {
  return (): ApiResult<TakenOrder> => ({ kind: 'refused', refusal: { code, ...extra } });
}

const soldOutUntil = (ms: number) => refused('sold_out', { nextReleaseAt: iso(OPENS_AT_MS + ms) });

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Each verb gives its answers in turn, the last one for ever. */
async function play(role: Partial<Role>, script: Script) {
  let nowMs = OPENS_AT_MS - 2_000;
  const result: Array<{ verb: Verb; key: string; afterOpeningMs: number }> = [];
  const act = (verb: Verb) => async (ask: { key: string }) => {
    const answers = script[verb] ?? [];
    const turn = result.filter((one) => one.verb === verb).length;
    result.push({ verb, key: ask.key, afterOpeningMs: nowMs - OPENS_AT_MS });
    const answer = answers[Math.min(turn, answers.length - 1)];
    if (!answer) throw new Error(`${verb} was not expected`);
    return answer(nowMs);
  };
  let keys = 0;
  const context: SaleContext = {
    shop: { reserve: act('reserve'), confirm: act('confirm'), cancel: act('cancel') },
    eventItemId: makeEventItemId(EVENT_ID, 1),
    opensAtMs: OPENS_AT_MS,
    observations: newObservations(),
    timing: TIMING,
    serverNow: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
    newKey: () => `key ${++keys}`,
  };
  const account = { email: '', password: '', token: '', random: () => 0.5 };
  await playShopper({ index: 3, account, role: { ...ROLE, ...role } }, context);
  return { result, observations: context.observations };
}

test('who keeps a unit asks at the opening, thinks, and confirms', async () => {
  const script = { reserve: [order(1, 'pending')], confirm: [order(1, 'confirmed')] };
  const { result, observations } = await play({}, script);
  expect(result.map((one) => [one.verb, one.afterOpeningMs])).toEqual([
    ['reserve', TIMING.openingSlackMs],
    ['confirm', TIMING.openingSlackMs + 500],
  ]);
  expect(observations.holds).toMatchObject([{ shopper: 3, ending: 'confirmed' }]);
  expect(observations.unexpected.size).toBe(0);
});

test('who is early is refused, and asks again at the opening under another key', async () => {
  const notOpen = refused('not_open', {
    opensAt: iso(OPENS_AT_MS),
    serverNow: iso(OPENS_AT_MS - 1),
  });
  const script = { reserve: [notOpen, order(1, 'pending')], confirm: [order(1, 'confirmed')] };
  const { result, observations } = await play({ earlyMs: 700 }, script);
  expect(result[0]?.afterOpeningMs).toBe(-700);
  expect(result[1]?.afterOpeningMs).toBeGreaterThan(0);
  expect(result[1]?.key).not.toBe(result[0]?.key);
  expect(observations.firstAnswers).toBe(1);
});

test('who loses comes back when a unit may be free, until nothing can be', async () => {
  const script = {
    reserve: [
      soldOutUntil(6_000),
      soldOutUntil(9_000),
      refused('sold_out', { nextReleaseAt: null }),
    ],
  };
  const { result, observations } = await play({}, script);
  expect(result.map((one) => one.afterOpeningMs)).toEqual([5, 6_500, 9_500]);
  expect(observations.toldFinal).toBe(1);
  expect(observations.refused.get('sold_out')).toBe(3);
});

test('who confirms too late and still wants a unit asks again', async () => {
  const script = {
    reserve: [order(1, 'pending'), order(2, 'pending')],
    confirm: [refused('hold_expired'), order(2, 'confirmed')],
  };
  const { observations } = await play({ thinkMs: HOLD_MS + 1 }, script);
  expect(observations.holds.map((hold) => hold.ending)).toEqual(['lapsed', 'confirmed']);
  expect(observations.unexpected.size).toBe(0);
});

test('a hold that ends before its time is noted', async () => {
  const script = {
    reserve: [order(1, 'pending'), refused('sold_out', { nextReleaseAt: null })],
    confirm: [refused('hold_expired')],
  };
  const { observations } = await play({}, script);
  expect([...observations.unexpected.keys()]).toEqual(['hold_expired before its time']);
});

test('who cancels goes home, and so does who walks away', async () => {
  const reserve = [order(1, 'pending')];
  const cancelled = await play({ ending: 'cancel' }, { reserve, cancel: [order(1, 'cancelled')] });
  expect(cancelled.observations.holds[0]?.ending).toBe('cancelled');
  const left = await play({ ending: 'leave' }, { reserve });
  expect(left.observations.holds[0]?.ending).toBe('left');
  expect(left.result).toHaveLength(1);
});

test('a double click is one key sent twice, and one hold', async () => {
  const script = { reserve: [order(1, 'pending')], confirm: [order(1, 'confirmed')] };
  const { result, observations } = await play({ doubleClicks: true }, script);
  expect(result[0]?.key).toBe(result[1]?.key);
  expect(observations.holds).toHaveLength(1);
  expect(observations.doubled).toBe(0);
});

test('a double click that makes two orders is noted', async () => {
  const script = {
    reserve: [order(1, 'pending'), order(2, 'pending')],
    confirm: [order(1, 'confirmed')],
  };
  expect((await play({ doubleClicks: true }, script)).observations.doubled).toBe(1);
});

test('a confirm that is answered with another state is noted, and is no sale', async () => {
  const script = { reserve: [order(1, 'pending')], confirm: [order(1, 'pending')] };
  const { observations } = await play({}, script);
  expect([...observations.unexpected.keys()]).toEqual(['asked for confirmed, answered pending']);
  expect(observations.holds[0]?.ending).toBe('held');
});

test('nobody asks for ever', async () => {
  const bySale = await play({}, { reserve: [soldOutUntil(0)] });
  expect(bySale.result.length).toBeLessThanOrEqual(ATTEMPTS_MAX);
  expect([...bySale.observations.gaveUp.values()]).toEqual([1]);
  const byTime = await play({}, { reserve: [soldOutUntil(TIMING.saleMsMax)] });
  expect(byTime.observations.gaveUp.get('the sale took too long')).toBe(1);
});

test('who never got an answer has given up', async () => {
  const { observations } = await play(
    {},
    { reserve: [() => ({ kind: 'gave_up', reason: 'network' })] },
  );
  expect(observations.gaveUp.get('network')).toBe(1);
});
