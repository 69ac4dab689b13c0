import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Dispute } from '../../../worker/contract/disputes.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail } from '../../testing/orders.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { OrderScreen } from './order-screen.tsx';

const { dispute: TEXTS, refund } = ADMIN_EN.order;
const DAY_MS = 86_400_000;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(fields: Partial<Dispute>) {
  const one: Dispute = {
    id: 'du_1',
    state: 'needs_answer',
    reason: 'fraudulent',
    amountCents: 49_800,
    answerBy: instant(NOON_MS + 7 * DAY_MS),
    createdAt: instant(NOON_MS),
    url: 'https://dashboard.example/du_1',
    ...fields,
  };
  const order = aDetail({ disputes: [one] });
  await drawInConsole(<OrderScreen id={order.id} />, { getOrder: async () => ok(order) });
}

test('a dispute is told with its day and a link to where it is answered, and bars a refund', async () => {
  await open({});
  const panel = screen.getByRole('region', { name: TEXTS.title });
  expect(panel.textContent).toMatch(/disputes €498\.00[^]*Answer by [^]*knows nothing of it/);
  const link = screen.getByRole('link', { name: TEXTS.page });
  expect(link.getAttribute('href')).toBe('https://dashboard.example/du_1');
  expect(screen.getByRole('region', { name: refund.title }).textContent).toContain(TEXTS.barred);
  expect(document.querySelector('#order-refund ~ form')).toBeNull();
});

test('one that is won lets money be given back, and a word that is not known is shown as it is', async () => {
  await open({ state: 'won', reason: 'new_reason', answerBy: null, url: null });
  const panel = screen.getByRole('region', { name: TEXTS.title });
  expect(panel.textContent).toContain('new_reason');
  expect(panel.querySelector('a')).toBeNull();
  expect(screen.getByRole('region', { name: refund.title }).textContent).not.toContain(
    TEXTS.barred,
  );
});
