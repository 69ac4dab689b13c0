import { expect, it } from 'vitest';
import { anEntry, anOrder } from '../testing/builders.ts';
import { createHolds } from './holds.ts';

it('keeps what is held, with the name that any screen learnt, until it is one no more', () => {
  const holds = createHolds();
  holds.learn([anOrder()]);
  holds.learn([anEntry({ itemName: 'Headphones' })]);
  holds.learn([anOrder()]);
  expect(holds.current.value).toMatchObject([{ id: anOrder().id, itemName: 'Headphones' }]);
  holds.learn([anOrder({ status: 'confirmed' })]);
  expect(holds.current.value).toEqual([]);
});

it('changes nothing where it has learnt nothing new', () => {
  const holds = createHolds();
  holds.learn([anEntry()]);
  const before = holds.current.value;
  holds.learn([anEntry()]);
  expect(holds.current.value).toBe(before);
});

it('forgets one customer’s before the next one comes', () => {
  const holds = createHolds();
  holds.learn([anOrder()]);
  holds.forget();
  expect(holds.current.value).toEqual([]);
});
