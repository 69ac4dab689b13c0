/**
 * The network a request comes from, which limits and waits count by: an IPv4 address, or the first 64
 * bits of an IPv6 address, since a household or a server has that many to choose from.
 */
import type { Context } from 'hono';

/** For callers whose address is not known, as on a developer's machine. They count as one. */
export const UNKNOWN_NETWORK = 'unknown';

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const GROUP = /^[\da-f]{1,4}$/i;
const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;
/** `::ffff:0:0/96`: an IPv4 address written as an IPv6 one. */
const MAPPED = [0, 0, 0, 0, 0, 0xffff];

/** Cloudflare sets the header, and overwrites what a caller says in it. */
export function networkOfCaller(c: Context): string {
  return networkOf(c.req.header('CF-Connecting-IP'));
}

/** @param address as Cloudflare writes it; anything else is the unknown network. */
export function networkOf(address: string | undefined): string {
  const text = address?.trim() ?? '';
  const ipv4 = bytesOf(text);
  if (ipv4 !== undefined) return ipv4.join('.');
  const groups = groupsOf(text);
  if (groups === undefined) return UNKNOWN_NETWORK;
  if (MAPPED.every((group, n) => groups[n] === group)) {
    const [high = 0, low = 0] = groups.slice(MAPPED.length);
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  }
  const network = groups.slice(0, GROUPS_OF_NETWORK).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

function bytesOf(text: string): number[] | undefined {
  const bytes = IPV4.exec(text)?.slice(1).map(Number);
  return bytes?.every((byte) => byte <= 255) ? bytes : undefined;
}

/** The eight groups of an IPv6 address; undefined if it is none. */
function groupsOf(text: string): number[] | undefined {
  const [plain = ''] = text.split('%');
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const [before, after] = halves.map((half) => readGroups(half));
  if (before === undefined) return undefined;
  if (halves.length === 1) return before.length === GROUPS ? before : undefined;
  if (after === undefined) return undefined;
  const missing = GROUPS - before.length - after.length;
  return missing < 1 ? undefined : [...before, ...Array<number>(missing).fill(0), ...after];
}

/** Groups with colons between them, of which the last may be an IPv4 address. */
function readGroups(half: string): number[] | undefined {
  if (half === '') return [];
  const groups: number[] = [];
  const parts = half.split(':');
  for (const [n, part] of parts.entries()) {
    const ipv4 = n === parts.length - 1 ? bytesOf(part) : undefined;
    if (ipv4 !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = ipv4;
      groups.push((a << 8) | b, (c << 8) | d);
    } else if (GROUP.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}
