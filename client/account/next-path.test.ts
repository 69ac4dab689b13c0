import { expect, test } from 'vitest';
import { registerPath, safeNextPath, signInPath } from './next-path.ts';

test('a path of this site is kept with its query and its place', () => {
  expect(safeNextPath('/events/evt_1?x=1#items')).toBe('/events/evt_1?x=1#items');
});

test.each([
  undefined,
  '',
  'events',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  'javascript:alert(1)',
  '/sign-in?next=/orders',
  '/register',
])('%j leads to the list instead', (next) => {
  expect(safeNextPath(next)).toBe('/');
});

test('dots cannot climb out of the site', () => {
  expect(safeNextPath('/events/../..//evil.example')).toBe('/');
  expect(safeNextPath('/a/../orders')).toBe('/orders');
});

test('the ways to sign in carry where one came from', () => {
  expect(signInPath('/events/evt_1')).toBe('/sign-in?next=%2Fevents%2Fevt_1');
  expect(registerPath('/orders')).toBe('/register?next=%2Forders');
  expect(signInPath('/')).toBe('/sign-in');
});
