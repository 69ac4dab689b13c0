/** Forms of admins that others overtake, and forms that are sent more than once. */
import { act, cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { Item } from '../../../worker/contract/catalogue.ts';
import type { ItemId } from '../../../worker/contract/ids.ts';
import { ShopContext } from '../../shop/shop.ts';
import { anEvent, anItem } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import type { Versioned } from '../api/asking.ts';
import { EditItemScreen, NewItemScreen } from '../catalogue/item-form-screens.tsx';
import { SavedNote } from '../forms/saved-note.tsx';
import { EditEventScreen } from './event-form-screens.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const CHANGED = refused({
  code: 'precondition_failed',
  changedBy: { name: 'Ben', at: '2026-11-22T12:03:00.000Z' },
});

function anAdminEvent(fields: Partial<Versioned<AdminEvent>> = {}): Versioned<AdminEvent> {
  const event = anEvent({ status: 'locked', title: 'Night', items: [anItem()] });
  const planned = {
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    startsAtLocal: '2026-11-23T12:00',
    endsAtLocal: '2026-11-23T13:00',
  };
  const plan = {
    published: true,
    timeZone: 'UTC',
    planned,
    openedAt: null,
    closedAt: null,
    hasEntries: false,
    cancellation: null,
  };
  return { ...event, ...plan, version: '"1"', ...fields };
}

async function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
}

async function submit() {
  fireEvent.submit(document.querySelector('form') ?? document.body);
  await settle();
}

async function press(name: string) {
  await act(() => void fireEvent.click(screen.getByRole('button', { name })));
  await settle();
}

function valueOf(label: string) {
  return screen.getByLabelText<HTMLInputElement>(label).value;
}

async function editOvertaken() {
  const now = anAdminEvent({ title: 'Theirs', holdSeconds: 60, version: '"2"' });
  const getEvent = vi.fn<AdminApi['getEvent']>(async () => ok(now));
  getEvent.mockResolvedValueOnce(ok(anAdminEvent()));
  const replaceEvent = vi.fn<AdminApi['replaceEvent']>(async () => CHANGED);
  await drawInConsole(<EditEventScreen id="evt_1" />, {
    getEvent,
    replaceEvent,
    listItems: async () => ok({ items: [], nextCursor: null, serverNow: '' }),
  });
  await type('Title', 'Mine');
  await type('Description', 'Typed with care');
  await submit();
  return replaceEvent;
}

test('an overtaken form shows who changed what, and keeps what was typed', async () => {
  const replaceEvent = await editOvertaken();
  expect(replaceEvent.mock.calls[0]?.[2]).toBe('"1"');
  const notice = screen.getByRole('alert').textContent;
  expect(notice).toContain('Ben changed this while you were editing');
  expect(notice).toContain('Title: Theirs');
  expect(notice).toContain('Hold time in seconds: 60');
  expect(notice).not.toContain('Typed with care');
  expect(valueOf('Title')).toBe('Mine');
  expect(valueOf('Description')).toBe('Typed with care');
});

test('an overtaken form can be saved all the same, over the version that was shown', async () => {
  const replaceEvent = await editOvertaken();
  replaceEvent.mockResolvedValueOnce(ok(anAdminEvent()));
  await press('Save my version instead');
  const [, input, version] = replaceEvent.mock.calls[1] ?? [];
  expect(input).toMatchObject({ title: 'Mine', description: 'Typed with care' });
  expect(version).toBe('"2"');
});

test('an overtaken form can adopt what others changed, beside what was typed', async () => {
  const replaceEvent = await editOvertaken();
  await press('Put these changes into the form');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(valueOf('Title')).toBe('Theirs');
  expect(valueOf('Hold time in seconds')).toBe('60');
  expect(valueOf('Description')).toBe('Typed with care');
  await submit();
  expect(replaceEvent.mock.calls[1]?.[2]).toBe('"2"');
});

test('a form of an item that was overtaken goes on in the same way', async () => {
  const item = {
    id: 'itm_1' as ItemId,
    name: 'Lamp',
    category: 'home',
    imageUrl: null,
    pictures: [],
    variants: [],
  };
  const seen: Versioned<Item> = { ...item, description: '', translations: {}, version: '"1"' };
  const getItem = vi.fn<AdminApi['getItem']>(async () =>
    ok({ ...seen, name: 'Lantern', version: '"2"' }),
  );
  getItem.mockResolvedValueOnce(ok(seen));
  const replaceItem = vi.fn<AdminApi['replaceItem']>(async () => CHANGED);
  await drawInConsole(<EditItemScreen id="itm_1" />, { getItem, replaceItem });
  await type('Category', 'light');
  await submit();
  expect(replaceItem.mock.calls[0]?.[2]).toBe('"1"');
  expect(screen.getByRole('alert').textContent).toContain('Name: Lantern');
  await press('Put these changes into the form');
  await submit();
  const [, input, version] = replaceItem.mock.calls[1] ?? [];
  expect(input).toMatchObject({ name: 'Lantern', category: 'light' });
  expect(version).toBe('"2"');
});

function keysFrom(first: number) {
  let key = first;
  return () => `key ${key++}`;
}

test('a form that makes something is sent again with its key, until the key is used up', async () => {
  const newKey = keysFrom(1);
  const createItem = vi.fn<AdminApi['createItem']>(async () => refused({ code: 'offline' }));
  await drawInConsole(
    <ShopContext.Consumer>
      {(shop) => {
        const given = shop && { ...shop, newKey };
        return (
          <ShopContext.Provider value={given}>
            <NewItemScreen />
          </ShopContext.Provider>
        );
      }}
    </ShopContext.Consumer>,
    { createItem },
  );
  await type('Name', 'Lamp');
  await submit();
  await submit();
  createItem.mockResolvedValueOnce(refused({ code: 'idempotency_key_reused' }));
  await submit();
  expect(screen.getByRole('alert').textContent).toContain('was saved already');
  await submit();
  expect(createItem.mock.calls.map(([, key]) => key)).toEqual(['key 1', 'key 1', 'key 1', 'key 2']);
});

test('a change that nobody overtook is said to be saved, where it leads to', async () => {
  const replaceEvent = vi.fn<AdminApi['replaceEvent']>(async () => ok(anAdminEvent()));
  const form = (
    <>
      <SavedNote />
      <EditEventScreen id="evt_1" />
    </>
  );
  await drawInConsole(form, {
    getEvent: async () => ok(anAdminEvent()),
    replaceEvent,
    listItems: async () => ok({ items: [], nextCursor: null, serverNow: '' }),
  });
  await submit();
  expect(replaceEvent).toHaveBeenCalledTimes(1);
  expect(location.pathname).toBe('/admin/events/evt_1');
  expect(screen.getByText('The event is saved.')).toBeTruthy();
});
