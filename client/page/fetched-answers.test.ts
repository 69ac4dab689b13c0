import { expect, it } from 'vitest';
import type { DrawPageData } from '../../worker/contract/pages.ts';
import { EVENT_ID, instant, NOON_MS } from '../testing/builders.ts';
import { playDraw } from '../testing/draws.ts';
import { drawIn, legalIn } from './fetched-answers.ts';
import { createInitialAnswers } from './page-data.ts';

it('gives the draw that came with the page until it is forgotten, and no other', async () => {
  const { draw } = await playDraw();
  const serverNow = instant(NOON_MS);
  const data: DrawPageData = { kind: 'draw', eventId: EVENT_ID, draw, event: null, serverNow };
  const initial = createInitialAnswers(data, 7);
  expect(drawIn(initial, EVENT_ID)).toEqual({ result: { ok: true, value: data }, takenAtMs: 7 });
  expect(drawIn(initial, 'evt_000000000002')).toBeNull();
  expect(legalIn(initial, 'terms')).toBeNull();
  initial.forget();
  expect(drawIn(initial, EVENT_ID)).toBeNull();
});

it('says of a page that is missing that there is nothing', () => {
  const initial = createInitialAnswers({ kind: 'missing', serverNow: instant(NOON_MS) }, 7);
  const nothing = { result: { ok: false, problem: { code: 'not_found' } }, takenAtMs: 7 };
  expect(drawIn(initial, EVENT_ID)).toEqual(nothing);
  expect(legalIn(initial, 'terms')).toEqual(nothing);
});
