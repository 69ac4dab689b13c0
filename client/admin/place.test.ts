import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

test('an address names a screen', () => {
  expect(placeOf('/admin')).toEqual({ name: 'home' });
  expect(placeOf('/admin/')).toEqual({ name: 'home' });
  expect(placeOf('/admin/events')).toEqual({ name: 'events' });
  expect(placeOf('/admin/events/new')).toEqual({ name: 'new-event' });
  expect(placeOf('/admin/events/evt_1')).toEqual({ name: 'event', id: 'evt_1' });
  expect(placeOf('/admin/events/evt_1/edit')).toEqual({ name: 'edit-event', id: 'evt_1' });
  expect(placeOf('/admin/events/evt_1/publish')).toEqual({ name: 'publish-event', id: 'evt_1' });
  expect(placeOf('/admin/events/evt_1/texts')).toEqual({ name: 'event-texts', id: 'evt_1' });
  expect(placeOf('/admin/events/evt_1/queue')).toEqual({ name: 'queue', id: 'evt_1' });
  expect(placeOf('/admin/events/evt_1/report')).toEqual({ name: 'report', id: 'evt_1' });
  expect(placeOf('/admin/catalogue')).toEqual({ name: 'catalogue' });
  expect(placeOf('/admin/catalogue/new')).toEqual({ name: 'new-item' });
  expect(placeOf('/admin/catalogue/itm_1')).toEqual({ name: 'item', id: 'itm_1' });
  expect(placeOf('/admin/orders/ord_1')).toEqual({ name: 'order', id: 'ord_1' });
  const place = { page: 'imprint', language: 'de' };
  expect(placeOf('/admin/legal/imprint/de')).toEqual({ name: 'legal-text', place });
  for (const name of ['orders', 'customers', 'moderation', 'outbox', 'legal', 'shop', 'audit']) {
    expect(placeOf(`/admin/${name}`)).toEqual({ name });
  }
});

test('an address that goes on past a screen names nothing', () => {
  for (const path of [
    '/admin/nowhere',
    '/admin/events/evt_1/delete',
    '/admin/events/evt_1/edit/twice',
    '/admin/catalogue/itm_1/edit',
    '/admin/customers/usr_1',
    '/admin/orders/ord_1/refund',
    '/admin/legal/imprint',
    '/admin/legal/imprint/fr',
    '/admin/legal/constructor/de',
    '/admin/moderation/rev_1',
  ]) {
    expect(placeOf(path), path).toBeNull();
  }
});
