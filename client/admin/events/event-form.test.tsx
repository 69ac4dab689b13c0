import { signal } from '@preact/signals-core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { ItemId } from '../../../worker/contract/ids.ts';
import { createHolds } from '../../holds/holds.ts';
import { createOrderUpdates } from '../../holds/order-updates.ts';
import { createDrafts } from '../../page/drafts.ts';
import { createInitialAnswers } from '../../page/page-data.ts';
import { NO_MEMORY } from '../../page/page-memory.ts';
import { createSessionStore } from '../../session/session-store.ts';
import { ShopContext } from '../../shop/shop.ts';
import { anEvent, anItem, NOON_MS } from '../../testing/builders.ts';
import { fakeApi, ok, refused } from '../../testing/fake-api.ts';
import { FakeSocket, settle } from '../../testing/fake-shop.tsx';
import { createServerClock } from '../../time/server-clock.ts';
import { type AdminApi, createAdminApi } from '../api/admin-api.ts';
import { AdminContext } from '../api/admin-context.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { draftOf, newDraft } from './event-draft.ts';
import { EventForm, type EventFormProps } from './event-form.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const LAMP = { id: 'itm_000000000000000001' as ItemId, name: 'Lamp' };

async function openForm(send: EventFormProps['send'], fields: Partial<EventFormProps> = {}) {
  const api = fakeApi();
  const item = {
    ...LAMP,
    description: '',
    translations: {},
    category: 'home',
    imageUrl: null,
    pictures: [],
    variants: [],
  };
  const admin: AdminApi = {
    ...createAdminApi(api),
    listItems: async () => ok({ items: [item], nextCursor: null, serverNow: '' }),
  };
  const shop = {
    api,
    initial: createInitialAnswers(null, Number.NEGATIVE_INFINITY),
    openLiveSocket: () => new FakeSocket(),
    clock: createServerClock(() => Date.now()),
    session: createSessionStore({ shared: null, own: null }),
    drafts: createDrafts(null),
    holds: createHolds(),
    orderUpdates: createOrderUpdates(null),
    memory: NO_MEMORY,
    accountNews: signal(null),
    legalPages: [],
    sendsMail: true,
    locale: 'en-GB',
    chooseLanguage: () => {},
    face: null,
    reload: () => {},
    newKey: () => 'key',
    random: () => 0.5,
  };
  render(
    <ShopContext.Provider value={shop}>
      <AdminContext.Provider value={admin}>
        <EventForm
          start={newDraft(NOON_MS, 'Europe/Copenhagen')}
          kept={{ name: 'new event', base: null }}
          action="Create event"
          send={send}
          onSaved={() => {}}
          {...fields}
        />
      </AdminContext.Provider>
    </ShopContext.Provider>,
  );
  await settle();
}

function fillIn(fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) {
    fireEvent.input(screen.getByLabelText(label), { target: { value } });
  }
}

async function pickLamp() {
  const picker = screen.getByLabelText('Add an item from the catalogue');
  await act(() => void fireEvent.change(picker, { target: { value: LAMP.id } }));
}

async function submit(times = 1) {
  const form = document.querySelector('form') ?? document.body;
  for (let time = 0; time < times; time++) fireEvent.submit(form);
  await settle();
}

test('what was typed is sent once, in minor units and local times', async () => {
  const send = vi.fn<EventFormProps['send']>(async () => refused({ code: 'unavailable' }));
  await openForm(send);
  await pickLamp();
  fillIn({ Title: 'Night', 'Price in EUR': '19.90', Stock: '5', 'Limit per customer': '2' });
  await submit(2);
  expect(send).toHaveBeenCalledTimes(1);
  expect(send.mock.calls[0]?.[0]).toMatchObject({
    title: 'Night',
    startsAt: '2026-11-22T15:00',
    endsAt: '2026-11-22T16:00',
    timeZone: 'Europe/Copenhagen',
    items: [{ itemId: LAMP.id, priceCents: 1_990, stock: 5, limitPerCustomer: 2 }],
  });
});

test('what cannot be read is shown at its field, and nothing is sent', async () => {
  const send = vi.fn<EventFormProps['send']>();
  await openForm(send);
  await pickLamp();
  fillIn({ Title: 'Night', 'Price in EUR': '19.999', Stock: '5' });
  await submit();
  expect(send).not.toHaveBeenCalled();
  const price = screen.getByLabelText('Price in EUR');
  expect(price.getAttribute('aria-invalid')).toBe('true');
  const note = document.getElementById(price.getAttribute('aria-describedby') ?? '');
  expect(note?.textContent).toContain('no more decimals');
  expect(screen.getByLabelText('Stock').getAttribute('aria-invalid')).toBe('false');
  expect(document.activeElement).toBe(price);
});

test('what the server refuses is shown at its field in words, which takes the focus', async () => {
  const fields = [
    { path: 'endsAt', message: 'must be after startsAt' },
    { path: 'items.0.stock', message: 'Too big: expected number to be <=1000000' },
  ];
  await openForm(async () => refused({ code: 'malformed', fields }));
  await pickLamp();
  fillIn({ Title: 'Night', 'Price in EUR': '1', Stock: '9999999' });
  await submit();
  expect(screen.getByText('This must be after the opening.')).toBeTruthy();
  expect(screen.getByText('Use 1,000,000 or less.')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText('Closes'));
});

test('an event without items is not sent', async () => {
  const send = vi.fn<EventFormProps['send']>();
  await openForm(send);
  fillIn({ Title: 'Night' });
  await submit();
  expect(send).not.toHaveBeenCalled();
  expect(screen.getByText('Add at least one item.')).toBeTruthy();
});

test('what the queue keeps from changing is said where the form is refused', async () => {
  await openForm(async () => refused({ code: 'has_entries' }));
  await pickLamp();
  fillIn({ Title: 'Night', 'Price in EUR': '1', Stock: '5' });
  await submit();
  expect(screen.getByRole('alert').textContent).toContain(ADMIN_EN.queue.plan.mayChange);
});

const QUEUED: AdminEvent = {
  ...anEvent({ items: [anItem()] }),
  published: true,
  timeZone: 'UTC',
  planned: {
    startsAt: '2026-11-22T12:00:00.000Z',
    endsAt: '2026-11-22T13:00:00.000Z',
    startsAtLocal: '2026-11-22T12:00',
    endsAtLocal: '2026-11-22T13:00',
  },
  openedAt: null,
  closedAt: null,
  hasEntries: true,
  cancellation: null,
};

test('once somebody is in the queue, what is fixed is disabled and says why beside it', async () => {
  const send = vi.fn<EventFormProps['send']>(async () => refused({ code: 'unavailable' }));
  await openForm(send, { start: draftOf(QUEUED), saved: QUEUED });
  const { plan } = ADMIN_EN.queue;
  for (const label of ['Opens', 'Time zone', 'Currency', 'Hold time in seconds', 'Price in EUR']) {
    const field = screen.getByLabelText<HTMLInputElement>(label);
    expect([label, field.disabled]).toEqual([label, true]);
    const note = document.getElementById(field.getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toBe(plan.fixed);
  }
  for (const name of [ADMIN_EN.admission, ADMIN_EN.conditions.title]) {
    expect(screen.getByRole<HTMLFieldSetElement>('group', { name }).disabled).toBe(true);
  }
  expect(screen.queryByLabelText('Add an item from the catalogue')).toBeNull();
  const remove = screen.getByRole('button', { name: /^Remove/ });
  expect(remove.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByText(plan.itemsFixed)).toBeTruthy();
  for (const label of ['Title', 'Closes', 'Stock', 'Limit per customer']) {
    expect(screen.getByLabelText<HTMLInputElement>(label).disabled).toBe(false);
  }

  fillIn({ Stock: '9', Closes: '2026-11-22T12:30' });
  await submit();
  expect(send).not.toHaveBeenCalled();
  expect(screen.getByText('Use 10 or more.')).toBeTruthy();
  expect(screen.getByText(ADMIN_EN.faults.endEarlier)).toBeTruthy();
  fillIn({ Stock: '12', Closes: '2026-11-22T14:00' });
  await submit();
  expect(send.mock.calls[0]?.[0]).toMatchObject({
    endsAt: '2026-11-22T14:00',
    items: [{ stock: 12, priceCents: 24_900 }],
  });
});
