import { expect, test } from 'vitest';
import type { OrderId } from '../../../worker/contract/ids.ts';
import type { OrderNumber } from '../../../worker/contract/order-numbers.ts';
import { aDetail } from '../../testing/orders.ts';
import { readPasted } from './sent-links.ts';

const LINK = 'https://parcels.example/track?n=1,2';
const ONE = aDetail({ id: 'ord_1' as OrderId, number: '4F7K-9QX2-M3H0' as OrderNumber });
const OTHER = aDetail({ id: 'ord_2' as OrderId, number: 'ABCD-EFGH-JKMN' as OrderNumber });
const ORDERS = [ONE, OTHER];

test.each([
  ['a tab', `4F7K-9QX2-M3H0\t${LINK}`],
  ['a comma', `4F7K-9QX2-M3H0,${LINK}`],
  ['a semicolon', `4F7K-9QX2-M3H0 ; ${LINK} `],
  ['quotes', `"4F7K-9QX2-M3H0","${LINK}"`],
  ['small letters', `4f7k 9qx2 m3ho\t${LINK}`],
  ['other dashes', `4F7K–9QX2–M3H0\t${LINK}`],
  ['the order’s id', `ord_1,${LINK}`],
])('a line with %s gives its order its link', (_what, line) => {
  expect(readPasted(line, ORDERS)).toEqual({ links: { ord_1: LINK }, left: [] });
});

test('lines end as any system ends them, and empty ones are none', () => {
  const text = `\ufeff4F7K-9QX2-M3H0\t${LINK}\r\n\n  \nABCD-EFGH-JKMN\t${LINK}/2\n`;
  expect(readPasted(text, ORDERS)).toEqual({
    links: { ord_1: LINK, ord_2: `${LINK}/2` },
    left: [],
  });
});

test.each([
  ['unread', '4F7K-9QX2-M3H0'],
  ['not_chosen', `ZZZZ-ZZZZ-ZZZZ,${LINK}`],
  ['not_chosen', 'number,link'],
  ['no_link', '4F7K-9QX2-M3H0,parcels.example/1'],
  ['no_link', '4F7K-9QX2-M3H0,javascript:alert(1)'],
  ['no_link', '4F7K-9QX2-M3H0,'],
] as const)('a line that is %s is left as it was pasted', (fault, line) => {
  const text = `ABCD-EFGH-JKMN,${LINK}\n${line}`;
  expect(readPasted(text, ORDERS)).toEqual({
    links: { ord_2: LINK },
    left: [{ text: line, fault }],
  });
});

test('links alone are those of the orders in turn, where there are as many', () => {
  expect(readPasted(`${LINK}\n\n "${LINK}/2" \n`, ORDERS)).toEqual({
    links: { ord_1: LINK, ord_2: `${LINK}/2` },
    left: [],
  });
  expect(readPasted(LINK, ORDERS)).toEqual({
    links: {},
    left: [{ text: LINK, fault: 'miscounted' }],
  });
  const turned = `${LINK}\tABCD-EFGH-JKMN`;
  expect(readPasted(`${turned}\n${turned}`, ORDERS).links).toEqual({});
  expect(readPasted(`${LINK}\n${LINK}\n${LINK}`, ORDERS).left).toHaveLength(3);
});

test('among lines with a number a link alone is nobody’s', () => {
  expect(readPasted(`ABCD-EFGH-JKMN,${LINK}\n${LINK}`, ORDERS)).toEqual({
    links: { ord_2: LINK },
    left: [{ text: LINK, fault: 'unread' }],
  });
});

test('of two lines for one order the first is taken', () => {
  const again = `4F7K-9QX2-M3H0,${LINK}/2`;
  expect(readPasted(`4F7K-9QX2-M3H0,${LINK}\n${again}`, ORDERS)).toEqual({
    links: { ord_1: LINK },
    left: [{ text: again, fault: 'twice' }],
  });
});

test('a number that two of the orders have names neither', () => {
  const twin = { ...OTHER, number: ONE.number };
  const line = `${ONE.number},${LINK}`;
  expect(readPasted(line, [ONE, twin]).left).toEqual([{ text: line, fault: 'not_chosen' }]);
});
