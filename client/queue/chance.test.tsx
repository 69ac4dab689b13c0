import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aQueue, aQueueEntry, aSession, EVENT_ID, ITEM_ID } from '../testing/builders.ts';
import { openQueued as open, settleAll as settle } from '../testing/queued-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { queue: texts } = LAZY_EN;
const PATH = `/events/${EVENT_ID}`;
const JOIN = `${texts.join}: Headphones`;
const button = (name: string) => screen.getByRole('button', { name });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('who is first in line while nothing can come is told that, and not that they are next', async () => {
  const sold = { total: 10, remaining: 0, held: 0, sold: 10 };
  const first = aQueueEntry({ ahead: { entries: 0, units: 0 } });
  await open({ own: [first], item: { stock: sold } });
  const place = screen.getByRole('region', { name: texts.placeTitle });
  expect(place.textContent).toContain('You are first in line, but all are sold');
  expect(place.textContent).not.toContain('You are next');
});

test('before one joins it is told what for, with which chance, until when and how one hears', async () => {
  const session = aSession();
  const user = { ...session.user, emailVerified: false };
  const guest = { session: { ...session, user }, sendsMail: true };
  await open({ ...guest, item: { queue: aQueue({ waiting: 3, waitingUnits: 3 }) } });
  const card = screen.getByRole('region', { name: texts.waitlistTitle });
  expect(card.textContent).toContain('You get a turn if 4 of the 4 units');
  expect(card.textContent).toContain('4 units are held by others who have not ordered yet.');
  expect(card.textContent).toContain('The drop closes Sun');
  expect(card.textContent).toContain('Nothing is bought or charged');
  expect(card.textContent).toContain(texts.howMailTo('maja@example.com', false));
  fireEvent.click(button(JOIN));
  await settle();
  const place = screen.getByRole('region', { name: texts.placeTitle });
  expect(place.textContent).toContain('4 units are held by others who have not ordered yet.');
  expect(place.textContent).toContain(texts.howMailTo('maja@example.com', false));
});

test('who waits is led to their place at the end of the page, and not to the waitlist', async () => {
  const { next } = LAZY_EN;
  await open({ event: { status: 'sold_out' } });
  const part = () => screen.getByRole('region', { name: next.title });
  expect(part().textContent).toContain(next.toWaitlist);
  fireEvent.click(button(JOIN));
  await settle();
  expect(part().textContent).not.toContain(next.toWaitlist);
  const link = screen.getByRole('link', { name: next.toPlace });
  expect(link.getAttribute('href')).toBe(`${PATH}#${ITEM_ID}`);
});
