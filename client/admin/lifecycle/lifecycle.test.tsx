/** What an admin does to an event as a whole, on its screens. */
import { act, cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { anAdminEvent } from '../../testing/admin-event.ts';
import { anItem } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import type { EventMoment } from '../events/event-moment.ts';
import { SavedNote } from '../forms/saved-note.tsx';
import { LifecycleButtons } from './lifecycle-buttons.tsx';
import { PublishScreen } from './publish-screen.tsx';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime('2026-11-22T12:00:00.000Z');
  // The document of these tests has no dialogs that open.
  HTMLDialogElement.prototype.showModal ??= openDialog;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const UNSOLD = [anItem({ stock: { total: 10, remaining: 10, held: 0, sold: 0 } })];

function openDialog(this: HTMLDialogElement) {
  this.open = true;
}

async function press(name: string, nth = 0) {
  const buttons = screen.getAllByRole('button', { name, hidden: true });
  await act(() => void fireEvent.click(buttons[nth] ?? document.body));
  await settle();
}

async function checkList(event: AdminEvent, calls: Partial<AdminApi>) {
  const view = (
    <>
      <SavedNote />
      <PublishScreen id={event.id} />
    </>
  );
  await drawInConsole(view, {
    getEvent: async () => ok(event),
    legalPages: async () => ok({ pages: [], serverNow: '' }),
    ...calls,
  });
}

async function drawButtons(
  event: AdminEvent,
  calls: Partial<AdminApi>,
  moment: EventMoment = 'draft',
) {
  const onChanged = vi.fn<(event: AdminEvent) => void>();
  const view = (
    <>
      <SavedNote />
      <LifecycleButtons event={event} moment={moment} onChanged={onChanged} onStale={() => {}} />
    </>
  );
  await drawInConsole(view, calls);
  return onChanged;
}

test('a draft is published as it was checked, which is said on its own screen', async () => {
  const event = anAdminEvent({ items: UNSOLD });
  const publishEvent = vi.fn<AdminApi['publishEvent']>(async () => ok(event));
  await checkList(event, { publishEvent });
  await press('Publish');
  expect(publishEvent).toHaveBeenCalledExactlyOnceWith(event.id, '"1"');
  expect(location.pathname).toBe(`/admin/events/${event.id}`);
  expect(screen.getByText('The event is published. Everybody sees it now.')).toBeTruthy();
});

test('what is in the way keeps a draft from being published, and leads to where it is changed', async () => {
  vi.setSystemTime('2026-11-23T12:30:00.000Z');
  const publishEvent = vi.fn<AdminApi['publishEvent']>();
  const event = anAdminEvent({ items: UNSOLD });
  await checkList(event, { publishEvent });
  const link = screen.getByRole('link', { name: 'Edit the event: Opens' });
  expect(link.getAttribute('href')).toBe(`/admin/events/${event.id}/edit`);
  await press('Publish');
  expect(publishEvent).not.toHaveBeenCalled();
});

test('what the server alone finds is named by what the form calls it', async () => {
  const fields = [{ path: 'items.0.variants', message: 'must say which variants are sold' }];
  await checkList(anAdminEvent({ items: UNSOLD }), {
    publishEvent: async () => refused({ code: 'plan_unfit', fields }),
  });
  await press('Publish');
  const { textContent } = screen.getByRole('alert');
  expect(textContent).toContain('Headphones: Give at least one variant a stock.');
});

test('what is published already is not published again', async () => {
  await checkList(anAdminEvent({ published: true }), {});
  expect(screen.queryByRole('button', { name: 'Publish' })).toBeNull();
});

test('a copy is asked for by when it opens in the zone of the event, with one key', async () => {
  const event = anAdminEvent({ timeZone: 'Europe/Copenhagen' });
  const duplicateEvent = vi.fn<AdminApi['duplicateEvent']>(async () =>
    refused({ code: 'offline' }),
  );
  await drawButtons(event, { duplicateEvent });
  await press('Duplicate');
  const opens = screen.getByLabelText<HTMLInputElement>('Opens');
  expect(opens.value).toBe('2026-11-30T13:00');
  fireEvent.input(opens, { target: { value: '2026-12-24T18:30' } });
  await settle();
  expect(screen.getByText(/^Then it closes .*24 Dec.*19:30/)).toBeTruthy();
  await press('Make the copy');
  duplicateEvent.mockResolvedValueOnce(ok(anAdminEvent({ id: 'evt_copy' as never })));
  await press('Make the copy');
  const asked = { title: 'Night', startsAt: '2026-12-24T18:30' };
  expect(duplicateEvent.mock.calls).toEqual([
    [event.id, asked, 'key-1'],
    [event.id, asked, 'key-1'],
  ]);
  expect(location.pathname).toBe('/admin/events/evt_copy');
});

test('a time that a copy cannot have is said at its field', async () => {
  const fields = [{ path: 'startsAt', message: 'must not be in the past' }];
  await drawButtons(anAdminEvent(), {
    duplicateEvent: async () => refused({ code: 'malformed', fields }),
  });
  await press('Duplicate');
  await press('Make the copy');
  expect(screen.getByText('This must not be in the past.')).toBeTruthy();
});

test('an event of which nothing was sold is deleted, once that was confirmed', async () => {
  const event = anAdminEvent({ items: UNSOLD });
  const deleteEvent = vi.fn<AdminApi['deleteEvent']>(async () => ok(null));
  await drawButtons(event, { deleteEvent });
  await press('Delete');
  expect(deleteEvent).not.toHaveBeenCalled();
  await press('Delete', 1);
  expect(deleteEvent).toHaveBeenCalledExactlyOnceWith(event.id, '"1"');
  expect(location.pathname).toBe('/admin/events');
  expect(screen.getByText('The event is deleted.')).toBeTruthy();
});

test('an event of which something was sold cannot be deleted, and says why', async () => {
  await drawButtons(anAdminEvent({ items: [anItem()] }), {});
  expect(screen.queryByRole('button', { name: 'Delete', hidden: true })).toBeNull();
  expect(screen.getByText(/cannot be deleted any more: somebody has held/)).toBeTruthy();
});

test('what was published is a draft again with the same plan, while nobody relies on it', async () => {
  const event = anAdminEvent({ published: true, items: UNSOLD });
  const replaceEvent = vi.fn<AdminApi['replaceEvent']>(async () => ok(anAdminEvent()));
  const onChanged = await drawButtons(event, { replaceEvent }, 'locked');
  await press('Back to draft', 1);
  const [, input, version] = replaceEvent.mock.calls[0] ?? [];
  const { startsAt, endsAt } = event.planned;
  expect(input).toMatchObject({ title: 'Night', published: false, startsAt, endsAt });
  expect(version).toBe('"1"');
  expect(onChanged).toHaveBeenCalledTimes(1);
});

test('what has opened, or whose queue has somebody in it, is no draft again', async () => {
  await drawButtons(anAdminEvent({ published: true }), {}, 'live');
  expect(screen.queryByRole('button', { name: 'Back to draft', hidden: true })).toBeNull();
  cleanup();
  await drawButtons(anAdminEvent({ published: true, hasEntries: true }), {}, 'locked');
  expect(screen.queryByRole('button', { name: 'Back to draft', hidden: true })).toBeNull();
});
