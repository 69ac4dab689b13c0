/**
 * Passwords: scrypt hashes that carry their parameters. A hash takes about a quarter of a second
 * of CPU, so it is made where no purchase runs: see hash-pool.ts.
 */
import { Buffer } from 'node:buffer';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { isAllowed, type ScryptCost, workOf } from '../config/scrypt-cost.ts';

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const SCHEME = 'scrypt';
const NO_SALT = Buffer.alloc(SALT_BYTES);

/** @returns `scrypt$N$r$p$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string, cost: ScryptCost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, cost);
  const { n, r, p } = cost;
  return [SCHEME, n, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Compares in constant time; false without a stored hash, or for one that cannot be read. A refusal
 * costs what a hash costs now, whatever is stored, so that time does not reveal who has an account.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
  wanted: ScryptCost,
): Promise<boolean> {
  const parsed = parse(stored ?? '');
  if (parsed !== undefined) {
    const hash = await derive(password, parsed.salt, parsed.cost);
    if (timingSafeEqual(hash, parsed.hash)) return true;
  }
  const missing = workOf(wanted) - (parsed === undefined ? 0 : workOf(parsed.cost));
  const p = Math.round(missing / (wanted.n * wanted.r));
  if (p > 0) await derive(password, NO_SALT, { ...wanted, p });
  return false;
}

/** Whether a hash was made with other parameters than the present ones. */
export function isOutdated(stored: string, wanted: ScryptCost): boolean {
  const cost = parse(stored)?.cost;
  return cost?.n !== wanted.n || cost.r !== wanted.r || cost.p !== wanted.p;
}

function parse(stored: string): { cost: ScryptCost; salt: Buffer; hash: Buffer } | undefined {
  const [scheme, n, r, p, salt = '', hash = ''] = stored.split('$');
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  const parsed = {
    cost,
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
  const readable = scheme === SCHEME && isAllowed(cost) && parsed.hash.length === HASH_BYTES;
  return readable ? parsed : undefined;
}

function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const { n: N, r, p } = cost;
  // Twice scrypt's own need, since the default limit is exactly what N = 2^14, r = 8 needs.
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}
