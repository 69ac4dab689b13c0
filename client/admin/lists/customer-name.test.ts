import { expect, it } from 'vitest';
import type { UserId } from '../../../worker/contract/ids.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { customerName } from './customer-name.ts';

const customer = {
  id: 'usr_01kb8c4zj0h7pqrstv' as UserId,
  email: 'maja@example.com',
  emailVerified: true,
  displayName: 'Maja Holm',
  role: 'customer',
  active: true,
  createdAt: '2026-11-20T18:30:00.000Z',
  deletedAt: null,
  mailSuppressed: null,
} as const;

it('a customer is called by name until they delete their account', () => {
  expect(customerName(customer)).toBe('Maja Holm');
  const deleted = { ...customer, displayName: '', deletedAt: '2026-11-27T09:00:00.000Z' };
  expect(customerName(deleted)).toBe(ADMIN_TEXTS.deletedAccount);
});
