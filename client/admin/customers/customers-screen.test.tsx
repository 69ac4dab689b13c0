import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Customer } from '../../../worker/contract/administration.ts';
import type { UserId } from '../../../worker/contract/ids.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { CustomersScreen } from './customers-screen.tsx';

const { outbox } = ADMIN_EN;
const MAJA: Customer = {
  id: 'usr_000000000000000001' as UserId,
  email: 'maja@example.com',
  displayName: 'Maja Holm',
  role: 'customer',
  emailVerified: true,
  active: true,
  createdAt: instant(NOON_MS),
  deletedAt: null,
  mailSuppressed: 'bounced',
};
const orders = { pending: 0, confirmed: 0, cancelled: 0, expired: 0 };

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(first: Customer) {
  let customer = first;
  const listCustomers = vi.fn<AdminApi['listCustomers']>(async () =>
    ok({ users: [customer], nextCursor: null, serverNow: instant(NOON_MS) }),
  );
  const allowMail = vi.fn<AdminApi['allowMail']>(async () => {
    customer = { ...customer, mailSuppressed: null };
    return ok({ ...customer, orders });
  });
  await drawInConsole(<CustomersScreen />, { listCustomers, allowMail });
  return { allowMail };
}

const buttonOf = () => screen.queryByRole('button', { name: `${outbox.allowMail}: ${MAJA.email}` });

/** The first of the name asks, and the last one, in the dialog, does it. */
async function press() {
  for (const at of [0, -1]) {
    fireEvent.click(screen.getAllByText(outbox.allowMail).at(at) ?? document.body);
    await settle();
  }
}

test('an address that mail came back from is marked, and can be written to again', async () => {
  const { allowMail } = await open(MAJA);
  expect(screen.getByText(outbox.suppressed.bounced)).toBeTruthy();
  expect(buttonOf()).toBeTruthy();
  await press();
  expect(allowMail.mock.calls).toEqual([[MAJA.id]]);
  expect(screen.queryByText(outbox.suppressed.bounced)).toBeNull();
  expect(buttonOf()).toBeNull();
});

test('an address that is written to is not marked', async () => {
  await open({ ...MAJA, mailSuppressed: null });
  expect(screen.queryByText(outbox.suppressed.bounced)).toBeNull();
  expect(buttonOf()).toBeNull();
});

test('what another admin has done before says so', async () => {
  const { allowMail } = await open({ ...MAJA, mailSuppressed: 'complained' });
  expect(screen.getByText(outbox.suppressed.complained)).toBeTruthy();
  allowMail.mockResolvedValue(refused({ code: 'mail_not_suppressed' }));
  await press();
  expect(screen.getByRole('alert')).toBeTruthy();
});
