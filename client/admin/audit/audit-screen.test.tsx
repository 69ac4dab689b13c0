import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AUDIT_ACTIONS } from '../../../worker/contract/audit-actions.ts';
import { EVENT_ID, instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi, AuditRecord } from '../api/admin-api.ts';
import { ADMIN_DE } from '../texts/de.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { AuditScreen } from './audit-screen.tsx';

const ADA = 'usr_000000000000000001';
const ORDER = 'ord_000000000001_01kb8c4zj0h7pqrstv';
const event = { id: EVENT_ID, title: 'Sunday sound', currency: 'EUR' };
const NAMES: AuditRecord['names'] = {
  actor: 'Ada',
  subject: null,
  event: null,
  orderNumber: null,
  itemId: null,
  items: {},
};

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

type Fields = Partial<Omit<AuditRecord, 'names'>> & { names?: Partial<AuditRecord['names']> };

async function open(fields: Fields, path?: string) {
  const entry: AuditRecord = {
    id: 1,
    at: instant(NOON_MS),
    actor: ADA,
    action: 'event.open',
    subject: EVENT_ID,
    before: null,
    after: null,
    ...fields,
    names: { ...NAMES, ...fields.names },
  };
  const listAudit = vi.fn<AdminApi['listAudit']>(async () =>
    ok({ entries: [entry], nextCursor: null }),
  );
  await drawInConsole(<AuditScreen />, { listAudit }, path);
  return listAudit;
}

const sentence = () => document.querySelector('.audit-sentence')?.textContent;
const changes = () =>
  [...document.querySelectorAll('.audit-changes li')].map(({ textContent }) => textContent);
const addressOf = (name: string) => screen.getByRole('link', { name }).getAttribute('href');

test('the stock of an item is told from what to what, with names that lead on', async () => {
  await open({
    action: 'event.stock',
    subject: 'evi_000000000001_1',
    before: { total: 10 },
    after: { total: 20 },
    names: { subject: 'Runner · 42', event },
  });
  expect(sentence()).toBe('Ada changed the stock of Runner · 42 in Sunday sound from 10 to 20.');
  expect(changes()).toEqual([]);
  expect(addressOf('Ada')).toBe(`/admin/audit?actor=${ADA}`);
  expect(addressOf('Sunday sound')).toBe(`/admin/events/${EVENT_ID}`);
});

test('a refund names the amount and the order by its number', async () => {
  await open({
    action: 'order.refund',
    subject: ORDER,
    after: { refundId: 'rfd_1', amountCents: 1_200, restockUnits: 2 },
    names: { orderNumber: '4F7K-9QX2-M3HT', event },
  });
  expect(sentence()).toBe('Ada refunded €12.00 of order 4F7K-9QX2-M3HT.');
  expect(addressOf('order 4F7K-9QX2-M3HT')).toBe(`/admin/orders/${ORDER}`);
  expect(changes()).toEqual(['Units back on sale 2']);
});

test('what was edited is told field by field, and each item by its name', async () => {
  const line = { itemId: 'itm_1', priceCents: 1_000, stock: 5 };
  await open({
    action: 'event.edit',
    before: { published: false, startsAt: instant(NOON_MS), items: [line] },
    after: {
      published: true,
      startsAt: instant(NOON_MS + 3_600_000),
      items: [{ ...line, priceCents: 1_200 }],
    },
    names: { subject: 'Sunday sound', event, items: { itm_1: 'Runner' } },
  });
  expect(sentence()).toBe('Ada edited Sunday sound.');
  expect(changes()).toEqual([
    'Published no → yes',
    'Opens 22 Nov, 12:00 → 22 Nov, 13:00',
    'Runner: Price €10.00 → €12.00',
  ]);
});

test('who was disqualified is told with the reason', async () => {
  await open({
    action: 'queue.disqualify',
    subject: 'ent_000000000001_000000000000000001',
    before: { status: 'waiting' },
    after: { status: 'skipped', reason: 'Forty accounts' },
    names: { subject: 'Maja Holm', event },
  });
  expect(sentence()).toBe('Ada disqualified Maja Holm in the queue of Sunday sound.');
  expect(changes()).toContain('Reason nothing → Forty accounts');
});

test('what was deleted has the name that it had, and leads nowhere', async () => {
  await open({ action: 'item.delete', subject: 'itm_1', before: { name: 'Old lamp' } });
  expect(sentence()).toBe('Ada deleted Old lamp.');
  expect(screen.queryByRole('link', { name: 'Old lamp' })).toBeNull();
});

test('a legal text is named by its page and its language', async () => {
  await open({ action: 'legal.write', subject: 'imprint/de' });
  expect(sentence()).toBe('Ada wrote the legal page Legal notice (Deutsch).');
  expect(addressOf('Legal notice (Deutsch)')).toBe('/admin/legal/imprint/de');
});

test('a command and a deleted account have words of their own', async () => {
  await open({ actor: 'picture-sweep', action: 'picture.remove', subject: 'pic_1' });
  expect(sentence()).toContain('The command “picture-sweep”');
  cleanup();
  await open({ action: 'user.password', subject: ADA, names: { actor: null } });
  expect(sentence()).toBe('A deleted account changed their password.');
});

test('ids and JSON are behind a fold', async () => {
  await open({ before: { openedAt: null }, after: { openedAt: instant(NOON_MS) } });
  const fold = screen.getByRole('group');
  expect(fold.hasAttribute('open')).toBe(false);
  expect(fold.textContent).toContain('event.open');
  const outside = document.querySelector('tbody')?.textContent?.replace(fold.textContent ?? '', '');
  expect(outside).not.toContain(EVENT_ID);
  expect(outside).not.toContain('{');
});

test('an address narrows the log to one person’s deeds, and says whose they are', async () => {
  const listAudit = await open({}, `/admin/audit?actor=${ADA}`);
  expect(listAudit).toHaveBeenCalledWith({ actor: ADA }, undefined);
  expect(screen.getByText(ADMIN_EN.audit.onlyBy('Ada'))).toBeTruthy();
});

test('an action that is newer than the console is told all the same', async () => {
  await open({ action: 'event.paint', names: { subject: 'Sunday sound', event } });
  expect(sentence()).toBe('Ada did something to Sunday sound.');
});

test.each([
  ['English', ADMIN_EN.audit],
  ['German', ADMIN_DE.audit],
])('every deed has a sentence and a name in %s', (_, { sentences, deeds }) => {
  for (const action of AUDIT_ACTIONS) {
    expect(sentences[action], action).toMatch(/^\{who\} .+\.$/);
    expect(deeds[action], action).toBeTruthy();
  }
  expect(Object.keys(sentences).toSorted()).toEqual([...AUDIT_ACTIONS].toSorted());
});
