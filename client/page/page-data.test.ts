import { expect, it } from 'vitest';
import { anEvent, EVENT_ID } from '../testing/builders.ts';
import { createInitialAnswers, isFromNetwork } from './page-data.ts';

it('gives what came with the page until it is forgotten, and nothing of another event', () => {
  const initial = createInitialAnswers({ kind: 'event', event: anEvent() }, 7);
  expect(initial.event(EVENT_ID)).toMatchObject({ result: { ok: true }, takenAtMs: 7 });
  expect(initial.event('evt_000000000002')).toBeNull();
  expect(initial.events()).toBeNull();
  initial.forget();
  expect(initial.event(EVENT_ID)).toBeNull();
});

it.each([
  ['sent whole', { transferSize: 4_300, encodedBodySize: 4_000 }, true],
  ['out of the cache', { transferSize: 0, encodedBodySize: 4_000 }, false],
  ['asked about and not modified', { transferSize: 300, encodedBodySize: 4_000 }, false],
])('knows a page that was %s', (_how, sizes, fresh) => {
  expect(isFromNetwork({ requestStart: 1, responseStart: 2, ...sizes })).toBe(fresh);
});
