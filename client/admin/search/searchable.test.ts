import { expect, test } from 'vitest';
import { adminSearchQuerySchema } from '../../../worker/contract/admin-search.ts';
import { isSearchable } from './searchable.ts';

test.each(['', 'x', 'a b', '%_', 'é', 'lamp', '42', '王芳', 'e\u0301e\u0301', '4F7K-9QX2'])(
  'what the page asks for is what the API takes: %j',
  (q) => {
    expect(isSearchable(q)).toBe(adminSearchQuerySchema.safeParse({ q }).success);
  },
);
