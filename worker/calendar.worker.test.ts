/** A sale as an entry of a calendar, over HTTP. */
import { expect, it } from 'vitest';
import { call, makeEvent } from './testing/shop.ts';

it('is a file for calendars with the sale’s own times and address', async () => {
  const startsAt = '2030-06-01T12:00:00.000Z';
  const endsAt = '2030-06-01T13:30:00.000Z';
  const { eventId } = await makeEvent({ title: 'Lamps; all, of them', startsAt, endsAt });
  const answer = await call('GET', `/events/${eventId}/calendar.ics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
  expect(answer.headers.get('Content-Disposition')).toBe(`inline; filename="${eventId}.ics"`);
  const lines = (await answer.text()).split('\r\n');
  expect(lines).toContain('SUMMARY:Lamps\\; all\\, of them');
  expect(lines).toContain('DTSTART:20300601T120000Z');
  expect(lines).toContain('DTEND:20300601T133000Z');
  expect(lines).toContain(`URL:https://shop.example/events/${eventId}`);
});

it('is not there for an event that nobody may see', async () => {
  const { eventId } = await makeEvent({ published: false });
  expect((await call('GET', `/events/${eventId}/calendar.ics`)).status).toBe(404);
});
