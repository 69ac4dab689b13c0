/** Nothing that is public of a draw is left untried. */
import { expect, it } from 'vitest';
import { publishDraw } from './publish-draw.ts';
import { pathsOf } from './tampered-draw.ts';
import { tamperedDraws } from './tampered-draws.ts';
import {
  DRAW_FIELDS,
  DRAWN,
  GIVEN_UP,
  GIVEN_UP_FIELDS,
  KEY_FIELDS,
  RECORD_FIELDS,
} from './tampered-fields.ts';

/** Each in `tampered-counts.ts`. */
const COUNTS = /^counts\./;
/** Changed to each other value that it has. */
const WORDS = ['status', 'rank'];
/** Of a draw that is given up as of one that is drawn. */
const UNKNOWN = ['lockedAt', 'signature', 'randomness', 'seed', 'ranking', 'drawnAt', 'givenUp'];
/** What became of an entry, which nothing proves; and what no checker needs of a key. */
const UNPROVEN = ['outcome', 'reason', 'alg', 'use'];

const drawn = publishDraw(DRAWN);

it.each([
  ['draw', drawn.draw, [...Object.keys(DRAW_FIELDS), ...WORDS, 'givenUp']],
  [
    'draw that is given up',
    publishDraw(GIVEN_UP).draw,
    [...Object.keys(DRAW_FIELDS), ...Object.keys(GIVEN_UP_FIELDS), ...WORDS, ...UNKNOWN],
  ],
  ['record', drawn.records[0] ?? {}, [...Object.keys(RECORD_FIELDS), ...WORDS, ...UNPROVEN]],
  ['key', drawn.keys.keys[0] ?? {}, [...Object.keys(KEY_FIELDS), ...UNPROVEN]],
])('changes each value of a %s', (_, whole, known) => {
  const others = pathsOf(whole).filter((path) => !known.includes(path) && !COUNTS.test(path));
  expect(others).toEqual([]);
});

it('tampers with each draw in another way', () => {
  const names = tamperedDraws().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
