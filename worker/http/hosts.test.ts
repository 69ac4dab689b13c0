import { expect, it } from 'vitest';
import { isAllowedHost } from './hosts.ts';

const OWN = new Set(['localhost:8787', '[::1]:8787', 'shop.test']);

it.each([
  ['http://localhost:8787/', OWN, true],
  ['http://[::1]:8787/api/v1/health', OWN, true],
  ['http://shop.test:5000/', OWN, true],
  ['http://localhost:8788/', OWN, false],
  ['http://localhost/', OWN, false],
  ['http://evil.example:8787/', OWN, false],
  ['http://localhost.evil.example:8787/', OWN, false],
  ['http://evil.example:8787/', new Set<string>(), true],
])('%s is taken or not by what is allowed', (url, allowed, taken) => {
  expect(isAllowedHost(url, allowed)).toBe(taken);
});
