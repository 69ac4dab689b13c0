/** The keys by which receipts and statements of draws are signed, as DRAW_SIGNING_KEYS gives them. */
import { Buffer } from 'node:buffer';
import { createECDH } from 'node:crypto';
import * as z from 'zod';
import type { VariableTable } from '../../data-api/environment.ts';

/** Named as node:crypto does; JSON Web Keys call it P-256. */
const CURVE = 'prime256v1';
/** More would not fit into a variable of the platform, which takes 5 kB. */
export const SIGNING_KEYS_MAX = 16;

/** One field of the curve: 32 bytes in base64url. */
const fieldSchema = z.string().regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/);

const signingKeySchema = z
  .object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: fieldSchema,
    y: fieldSchema,
    /** The private part. A key without it is only published, for what it signed before. */
    d: fieldSchema.optional(),
    use: z.literal('sig').optional(),
    alg: z.literal('ES256').optional(),
  })
  .refine(isPair)
  .transform(({ x, y, d }): SigningKey => ({ x, y, d }));

const signingKeysSchema = z
  .object({ keys: z.array(signingKeySchema).min(1).max(SIGNING_KEYS_MAX) })
  .transform(({ keys }) => keys)
  .refine((keys) => keys.some(({ d }) => d !== undefined))
  .refine((keys) => new Set(keys.map(({ x, y }) => `${x} ${y}`)).size === keys.length);

/** A key on P-256, as JSON Web Keys write it: base64url. Public only where `d` is missing. */
export interface SigningKey {
  x: string;
  y: string;
  d?: string | undefined;
}

export const SIGNING_VARIABLES = {
  DRAW_SIGNING_KEYS: {
    kind: 'secret',
    needed: 'never',
    meaning:
      'Signs the receipts and statements of draws (ES256). The first key with a private part signs; `/.well-known/jwks.json` has the public part of all. Without it, one key is made of `JWT_SECRET`, and what it signed cannot be checked any more once that secret is another one: production wants keys of its own.',
    form: `a JWK set with 1 to ${SIGNING_KEYS_MAX} different P-256 keys, one of them or more with its private part, as \`npm run draw:key\` makes it`,
    usedIn: ['worker/draw/signing.ts'],
    schema: z
      .string()
      .transform((text, context): unknown => {
        try {
          return JSON.parse(text);
        } catch {
          context.addIssue({ code: 'custom', message: 'is no JSON' });
          return z.NEVER;
        }
      })
      .pipe(signingKeysSchema),
  },
} as const satisfies VariableTable;

/** @param privateKey a whole number from 1 to the order of the curve, less 1, in 32 bytes */
export function signingKeyOf(privateKey: Uint8Array): SigningKey & { d: string } {
  const pair = createECDH(CURVE);
  pair.setPrivateKey(privateKey);
  // 4, then x and y.
  const point = pair.getPublicKey();
  return {
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
    d: Buffer.from(privateKey).toString('base64url'),
  };
}

/** Whether its private part belongs to its public one; without one, whether that is a point of the curve. */
function isPair({ x, y, d }: SigningKey): boolean {
  try {
    if (d !== undefined) {
      const made = signingKeyOf(Buffer.from(d, 'base64url'));
      return made.x === x && made.y === y;
    }
    const some = createECDH(CURVE);
    some.setPrivateKey(Buffer.alloc(32, 1));
    const point = [Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    some.computeSecret(Buffer.concat(point));
    return true;
  } catch {
    return false;
  }
}
