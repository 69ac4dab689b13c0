/** Links to parcels as they are pasted, a line for each order. Pure. */
import type { ChosenOrder } from './chosen-orders.ts';

/** What a spreadsheet or a carrier's export copies; ten for each order that can be chosen. */
const PASTED_LINES_MAX = 1_000;
/** As much as that many links have, about. */
export const PASTED_CHARS_MAX = 200_000;

export type PasteFault = 'unread' | 'not_chosen' | 'no_link' | 'twice' | 'too_many' | 'miscounted';

export interface Pasted {
  /** By the ids of orders. */
  readonly links: Readonly<Record<string, string>>;
  /** Lines of which nothing was taken, as they were pasted. */
  readonly left: readonly { readonly text: string; readonly fault: PasteFault }[];
}

/**
 * Reads lines of a number, a tab, a comma or a semicolon, and a link. A number is read as people write it: without
 * its dashes, in any case. Empty lines are passed over. Lines that are all bare links are those of the orders in
 * turn, where there are as many lines as orders.
 * @param orders those that may be named, in the order in which they are shown
 */
export function readPasted(text: string, orders: readonly ChosenOrder[]): Pasted {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '');
  const areBare = lines.every(isBareLink);
  const areInTurn = areBare && lines.length === orders.length;
  const readOne = (line: string, n: number): Read => {
    if (!areBare) return isBareLink(line) ? 'unread' : readLine(line, orders);
    const order = orders[n];
    return areInTurn && order ? { id: order.id, link: unquoted(line) } : 'miscounted';
  };
  const links: Record<string, string> = {};
  const left: { text: string; fault: PasteFault }[] = [];
  for (const [n, line] of lines.entries()) {
    const read = n < PASTED_LINES_MAX ? readOne(line, n) : 'too_many';
    const fault = typeof read === 'string' ? read : read.id in links ? 'twice' : null;
    if (fault !== null) left.push({ text: line, fault });
    else if (typeof read === 'object') links[read.id] = read.link;
  }
  return { links, left };
}

/** Whether browsers would go there: http or https. */
function isLink(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** A link and nothing else: what stands beside it would become part of it. */
function isBareLink(line: string): boolean {
  const cell = unquoted(line);
  return isLink(cell) && !/\s/.test(cell);
}

type Read = { id: string; link: string } | PasteFault;

function readLine(line: string, orders: readonly ChosenOrder[]): Read {
  const [, number, link] = /^([^\t,;]*)[\t,;](.*)$/.exec(line) ?? [];
  if (number === undefined || link === undefined) return 'unread';
  const named = bare(number);
  const found = orders.filter(
    (order) => bare(order.number) === named || order.id === number.trim(),
  );
  const [order] = found;
  if (order === undefined || found.length > 1) return 'not_chosen';
  const url = unquoted(link);
  return isLink(url) ? { id: order.id, link: url } : 'no_link';
}

/** A number without what people put between its characters; letters that look like digits are those. */
function bare(number: string): string {
  return unquoted(number)
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

function unquoted(cell: string): string {
  const trimmed = cell.trim();
  return /^"(.*)"$/.exec(trimmed)?.[1]?.trim() ?? trimmed;
}
