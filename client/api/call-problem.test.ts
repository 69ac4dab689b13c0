import { expect, test } from 'vitest';
import { instant, NOON_MS } from '../testing/builders.ts';
import { EN } from '../texts/en.ts';
import { LAZY_EN } from '../texts/lazy/en.ts';
import { speakLazy } from '../texts/lazy/texts.ts';
import { speak } from '../texts/texts.ts';
import { isUnsettled, needsSignIn, readProblem } from './call-problem.ts';

const AT_409 = { status: 409, retryAfter: null };

test('sold out is read with its counts and the next release', () => {
  const stock = { total: 10, remaining: 0, held: 2, sold: 8 };
  const body = { code: 'sold_out', stock, nextReleaseAt: instant(NOON_MS), title: 'Sold out' };
  expect(readProblem(body, AT_409)).toEqual({
    code: 'sold_out',
    stock,
    nextReleaseAt: instant(NOON_MS),
  });
});

test('a next release that is null is left out', () => {
  const problem = readProblem({ code: 'sold_out', nextReleaseAt: null }, AT_409);
  expect(problem).toEqual({ code: 'sold_out' });
});

test('changed is read with the present price', () => {
  const body = { code: 'changed', priceCents: 2_499, currency: 'EUR' };
  expect(readProblem(body, { status: 409, retryAfter: null })).toEqual({
    code: 'changed',
    price: { priceCents: 2_499, currency: 'EUR' },
  });
});

test('limit_reached is read with its numbers', () => {
  const body = { code: 'limit_reached', limit: 2, held: 1, bought: 1 };
  expect(readProblem(body, { status: 403, retryAfter: null })).toEqual(body);
});

test('Retry-After is read as seconds, and ignored where it is none', () => {
  expect(readProblem({ code: 'busy' }, { status: 503, retryAfter: '2' }).retryAfterMs).toBe(2_000);
  expect(readProblem({ code: 'busy' }, { status: 503, retryAfter: 'soon' })).toEqual({
    code: 'busy',
  });
});

test('only fields that name their place are kept', () => {
  const errors = [{ path: 'email', message: 'bad' }, 'odd', { message: 'nowhere' }];
  const problem = readProblem({ code: 'malformed', errors }, { status: 400, retryAfter: null });
  expect(problem.fields).toEqual([{ path: 'email', message: 'bad' }]);
});

test.each([
  [401, 'unauthenticated'],
  [404, 'not_found'],
  [429, 'rate_limited'],
  [500, 'internal'],
  [502, 'unavailable'],
  [522, 'unavailable'],
  [418, 'malformed'],
] as const)('a %i without a known code is %s', (status, code) => {
  expect(readProblem('<html>', { status, retryAfter: null })).toEqual({ code });
  expect(readProblem({ code: 'toString' }, { status, retryAfter: null })).toEqual({ code });
});

test('no answer leaves the outcome open, a refusal does not', () => {
  expect(isUnsettled({ code: 'no_answer' })).toBe(true);
  expect(isUnsettled({ code: 'sold_out' })).toBe(false);
});

test('a token that ran out asks to sign in, a wrong password does not', () => {
  expect(needsSignIn({ code: 'token_expired' })).toBe(true);
  expect(needsSignIn({ code: 'invalid_credentials' })).toBe(false);
});

test('a code whose words are not there yet is read as its status', () => {
  const body = { code: 'email_taken' };
  speak(EN);
  expect(readProblem(body, { status: 403, retryAfter: null })).toEqual({ code: 'forbidden' });
  speakLazy(LAZY_EN);
  expect(readProblem(body, { status: 403, retryAfter: null })).toEqual(body);
});
