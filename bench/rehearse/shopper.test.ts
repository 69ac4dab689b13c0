/** Proves one shopper's script against a scripted shop, in virtual time. */
import { expect, test } from 'vitest';
import { makeEventId, makeEventItemId, makeOrderId } from '../../worker/contract/ids.ts';
import type { ApiResult } from './api-result.ts';
import { newObservations } from './observations.ts';
import type { Role } from './roles.ts';
import type { SaleContext } from './sale-context.ts';
import type { TakenOrder } from './shop-client.ts';
import { playShopper } from './shopper.ts';
import { ATTEMPTS_MAX, TIMING } from './timing.ts';

const OPENS_AT_MS = Date.parse('2026-05-01T12:00:00.000Z');
const HOLD_MS = 6_000;
const EVENT_ID = makeEventId((bytes) => bytes);
const SIZES = [1, 2, 3].map((n) => makeEventItemId(EVENT_ID, n));
const ROLE: Role = { ending: 'keep', doubleClicks: false, earlyMs: 0, thinkMs: 500 };

type Verb = 'reserve' | 'confirm' | 'cancel';
type Script = Partial<Record<Verb, Array<(atMs: number) => ApiResult<TakenOrder>>>>;

function order(tail: number, status: TakenOrder['order']['status']) {
  return (atMs: number): ApiResult<TakenOrder> => {
    const id = makeOrderId(EVENT_ID, tail, (bytes) => bytes);
    const expiresAt = iso(atMs + HOLD_MS);
    const what = { id, eventItemId: makeEventItemId(EVENT_ID, 1), status, quantity: 1 };
    const value = { ...what, reservedAt: iso(atMs), expiresAt };
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
async function play(role: Partial<Role>, script: Script, sizes = 1) {
  let nowMs = OPENS_AT_MS - 2_000;
  const result: Array<{ verb: Verb; key: string; id: string; afterOpeningMs: number }> = [];
  const act = (verb: Verb) => async (ask: { key: string }, id: string) => {
    const answers = script[verb] ?? [];
    const turn = result.filter((one) => one.verb === verb).length;
    result.push({ verb, id, key: ask.key, afterOpeningMs: nowMs - OPENS_AT_MS });
    const answer = answers[Math.min(turn, answers.length - 1)];
    if (!answer) throw new Error(`${verb} was not expected`);
    return answer(nowMs);
  };
  let keys = 0;
  const context: SaleContext = {
    shop: { reserve: act('reserve'), confirm: act('confirm'), cancel: act('cancel') },
    items: [SIZES.slice(0, sizes).map((eventItemId) => ({ eventItemId, label: null, stock: 1 }))],
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

test('two variants are pressed at once, each under a key of its own, and one is granted', async () => {
  const script = {
    reserve: [refused('limit_reached'), order(1, 'pending')],
    confirm: [order(1, 'confirmed')],
  };
  const { result, observations } = await play({ doubleClicks: true }, script, 3);
  const [first, second, ...later] = result;
  expect([first?.verb, second?.verb]).toEqual(['reserve', 'reserve']);
  expect(first?.afterOpeningMs).toBe(second?.afterOpeningMs);
  expect(first?.key).not.toBe(second?.key);
  expect(first?.id).not.toBe(second?.id);
  expect(later.map(({ verb }) => verb)).toEqual(['confirm']);
  expect(observations.holds).toMatchObject([{ ending: 'confirmed' }]);
  expect(observations.unexpected.size).toBe(0);
});

test('who finds two sold out presses the third, and comes back for those of which one may be free', async () => {
  const over = refused('sold_out', { nextReleaseAt: null });
  const script = {
    reserve: [over, soldOutUntil(9_000), soldOutUntil(6_000), over, order(1, 'pending')],
    confirm: [order(1, 'confirmed')],
  };
  const { result, observations } = await play({}, script, 3);
  const reserved = result.filter(({ verb }) => verb === 'reserve');
  expect(reserved.map(({ afterOpeningMs }) => afterOpeningMs)).toEqual([5, 5, 5, 6_500, 6_500]);
  const [first, ...others] = reserved.slice(0, 3).map(({ id }) => id);
  expect(new Set([first, ...others])).toEqual(new Set(SIZES));
  expect(reserved.slice(3).map(({ id }) => id)).toEqual(others);
  expect(observations.toldFinal).toBe(0);
  expect(observations.holds).toHaveLength(1);
});

test('a limit that is reached by nothing is noted', async () => {
  const { observations } = await play({}, { reserve: [refused('limit_reached')] }, 3);
  expect([...observations.unexpected.keys()]).toEqual(['limit_reached']);
});

test('who is granted both of two variants is noted with both, and confirms both', async () => {
  const script = {
    reserve: [order(1, 'pending'), order(2, 'pending')],
    confirm: [order(1, 'confirmed'), order(2, 'confirmed')],
  };
  const { observations } = await play({}, script, 2);
  expect(observations.holds.map(({ ending }) => ending)).toEqual(['confirmed', 'confirmed']);
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
