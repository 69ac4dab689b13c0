import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import { ADMIN_EN } from '../texts/en.ts';
import { AuditScreen } from './audit-screen.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('who was disqualified is told in words with the reason; the action keeps its code', async () => {
  const entry = {
    id: 1,
    at: instant(NOON_MS),
    actor: 'usr_000000000000000001',
    action: 'queue.disqualify',
    subject: 'ent_000000000001_000000000000000001',
    before: { status: 'waiting' },
    after: { status: 'skipped', reason: 'Forty accounts' },
  };
  const opened = { ...entry, id: 2, action: 'event.open', after: { reason: 'no' } };
  const mailed = { ...entry, id: 3, action: 'order.mail', after: { kind: 'order_sent' } };
  await drawInConsole(<AuditScreen />, {
    listAudit: async () => ok({ entries: [entry, opened, mailed], nextCursor: null }),
  });
  const titles = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
  expect(titles).toEqual([ADMIN_EN.queue.disqualify.done, 'event.open', ADMIN_EN.order.mail.audit]);
  expect(screen.getByText('Reason: Forty accounts')).toBeTruthy();
  expect(screen.getByText('queue.disqualify')).toBeTruthy();
  expect(screen.queryByText('Reason: no')).toBeNull();
});

test('a legal text that was written or deleted is named by its page and its language', async () => {
  const entry = {
    id: 1,
    at: instant(NOON_MS),
    actor: 'usr_000000000000000001',
    action: 'legal.write',
    subject: 'imprint/de',
    before: null,
    after: null,
  };
  const deleted = { ...entry, id: 2, action: 'legal.delete', subject: 'returns/en' };
  await drawInConsole(<AuditScreen />, {
    listAudit: async () => ok({ entries: [entry, deleted], nextCursor: null }),
  });
  const titles = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
  expect(titles).toEqual([
    'Legal page written: Legal notice (Deutsch)',
    'Legal page deleted: Returns (English)',
  ]);
});
