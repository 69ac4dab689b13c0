import { expect, test } from 'vitest';
import type { OrderId } from '../../../worker/contract/ids.ts';
import { aDetail } from '../../testing/orders.ts';
import { CHOSEN_MAX, choiceWith, countChosen } from './chosen-orders.ts';

const anOrder = (n: number) => aDetail({ id: `ord_${n}` as OrderId });
const idsOf = (orders: readonly { id: string }[]) => orders.map(({ id }) => id);

test('orders are chosen once each, and no longer when they are taken out', () => {
  const two = choiceWith([], [anOrder(1), anOrder(2)], true);
  expect(idsOf(choiceWith(two, [anOrder(2), anOrder(3)], true))).toEqual([
    'ord_1',
    'ord_2',
    'ord_3',
  ]);
  expect(idsOf(choiceWith(two, [anOrder(1), anOrder(9)], false))).toEqual(['ord_2']);
});

test('no more are chosen than one call takes', () => {
  const many = Array.from({ length: CHOSEN_MAX + 1 }, (_, n) => anOrder(n));
  expect(idsOf(choiceWith([], many, true))).toEqual(idsOf(many.slice(0, CHOSEN_MAX)));
});

test('only those that are listed count as chosen of the page', () => {
  const chosen = choiceWith([], [anOrder(1), anOrder(2)], true);
  expect(countChosen(chosen, [anOrder(2), anOrder(3)])).toBe(1);
});
