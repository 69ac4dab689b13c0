/** Proves what a refused shopper does. */
import { expect, test } from 'vitest';
import { afterRefusal } from './after-refusal.ts';
import { TIMING } from './timing.ts';

const OPENS_AT_MS = Date.parse('2026-05-01T12:00:00.000Z');
const by = { timing: TIMING, random: () => 0.5 };
const moment = {
  askedAtMs: OPENS_AT_MS + 900,
  serverNowMs: OPENS_AT_MS + 1_000,
  opensAtMs: OPENS_AT_MS,
};

function at(ms: number): string {
  return new Date(OPENS_AT_MS + ms).toISOString();
}

test('sold out with a release to come: back at that time, with jitter', () => {
  const refusal = { code: 'sold_out', nextReleaseAt: at(6_000) };
  expect(afterRefusal(refusal, moment, by)).toEqual({
    kind: 'return',
    atMs: OPENS_AT_MS + 6_000 + TIMING.releaseJitterMsMax / 2,
  });
});

test('a release in the past does not make a shopper hammer the shop', () => {
  const decision = afterRefusal({ code: 'sold_out', nextReleaseAt: at(-5_000) }, moment, by);
  expect(decision.kind === 'return' && decision.atMs).toBeGreaterThanOrEqual(
    moment.serverNowMs + TIMING.releaseWaitMsMin,
  );
});

test('sold out with nothing to come is final', () => {
  expect(afterRefusal({ code: 'sold_out', nextReleaseAt: null }, moment, by).kind).toBe('final');
});

test('sold out that does not say whether a unit may come back is not as agreed', () => {
  expect(afterRefusal({ code: 'sold_out' }, moment, by).kind).toBe('unexpected');
});

test('too early: back at the opening', () => {
  const early = { ...moment, askedAtMs: OPENS_AT_MS - 450, serverNowMs: OPENS_AT_MS - 400 };
  const refusal = { code: 'not_open', opensAt: at(0), serverNow: at(-400) };
  const decision = afterRefusal(refusal, early, by);
  expect(decision.kind === 'return' && decision.atMs - OPENS_AT_MS).toBeGreaterThan(0);
  expect(decision.kind === 'return' && decision.atMs - OPENS_AT_MS).toBeLessThan(50);
});

test('too early, and told so after the opening by a busy shop: back at once', () => {
  const early = { ...moment, askedAtMs: OPENS_AT_MS - 450 };
  const refusal = { code: 'not_open', opensAt: at(0), serverNow: at(900) };
  const decision = afterRefusal(refusal, early, by);
  expect(decision.kind === 'return' && decision.atMs).toBeGreaterThan(moment.serverNowMs);
});

test('a shop that opens late, or names another opening, is not as agreed', () => {
  const late = { code: 'not_open', opensAt: at(0), serverNow: at(1) };
  expect(afterRefusal(late, moment, by).kind).toBe('unexpected');
  const other = { code: 'not_open', opensAt: at(60_000), serverNow: at(-1) };
  expect(afterRefusal(other, moment, by).kind).toBe('unexpected');
});

test('any other refusal of a purchase is not as agreed', () => {
  for (const code of ['limit_reached', 'closed', 'malformed', 'idempotency_key_reused']) {
    expect(afterRefusal({ code }, moment, by)).toEqual({ kind: 'unexpected', what: code });
  }
});
