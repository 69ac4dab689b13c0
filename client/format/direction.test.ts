import { expect, it } from 'vitest';
import { isolated as isolatedByServer } from '../../worker/contract/visible-text.ts';
import { isolated } from './direction.ts';

it.each([
  ['Night of lamps', 'Night of lamps'],
  ['שלום 3', '\u2068שלום 3\u2069'],
  ['Lamp مصباح', '\u2068Lamp مصباح\u2069'],
])('%s is put into a sentence as the server would put it', (text, expected) => {
  expect(isolated(text)).toBe(expected);
  expect(isolatedByServer(text)).toBe(expected);
});
