import { expect, test } from 'vitest';
import { createPageMemory } from './page-memory.ts';

let keys = 0;
const open = () => createPageMemory(window, () => `entry-${++keys}`);

test('each entry of the history has its own, and Back leads to what was there', () => {
  history.replaceState(null, '', '/');
  const memory = open();
  memory.write('list', [1, 2]);
  const first: unknown = history.state;
  history.pushState(null, '', '/events/1');
  expect(memory.read('list')).toBeUndefined();
  memory.write('list', [3]);
  // As the browser does at Back.
  history.replaceState(first, '', '/');
  expect(memory.read('list')).toEqual([1, 2]);
});

test('nothing is left for whoever signs in next', () => {
  history.replaceState(null, '', '/orders');
  const memory = open();
  memory.write('orders', ['mine']);
  memory.forget();
  expect(memory.read('orders')).toBeUndefined();
});

test('of more than twenty entries the oldest are forgotten', () => {
  history.replaceState(null, '', '/');
  const memory = open();
  memory.write('list', 'first');
  const first: unknown = history.state;
  for (let n = 0; n < 20; n++) {
    history.pushState(null, '', `/${n}`);
    memory.write('list', n);
  }
  expect(memory.read('list')).toBe(19);
  history.replaceState(first, '', '/');
  expect(memory.read('list')).toBeUndefined();
});
