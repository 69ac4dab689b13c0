/**
 * Signs what a draw is proven by, and publishes the keys by which it is checked: compact JWS, ES256, see
 * docs/fairness.md. A private part never leaves this file but into the platform's keys.
 */
import { Buffer } from 'node:buffer';
import { createHash, hkdfSync } from 'node:crypto';
import { CompactSign, type CryptoKey, compactVerify, createLocalJWKSet, importJWK } from 'jose';
import type { Config } from '../config/config.ts';
import { type SigningKey, signingKeyOf } from '../config/signing-keys.ts';
import type { DrawReceipt, DrawStatement, RECEIPT_TYPE, STATEMENT_TYPE } from '../contract/draw.ts';

const ALGORITHM = 'ES256';
/** Of the curve, so of private keys too. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** Half as many again as a key has: what is left over then shows no number more often than another. */
const DERIVED_BYTES = 48;

/** What is signed, by the `typ` of its header. */
export interface SignedAs {
  [RECEIPT_TYPE]: DrawReceipt;
  [STATEMENT_TYPE]: DrawStatement;
}

export interface PublicKey {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  kid: string;
  use: 'sig';
  alg: typeof ALGORITHM;
}

export interface DrawSigner {
  /** @returns a compact JWS. */
  sign<Type extends keyof SignedAs>(claims: SignedAs[Type], typ: Type): Promise<string>;
  /** A JWK set, without anything private. */
  publicKeys(): { keys: PublicKey[] };
  /** @returns what was signed. Throws where it was not, by none of the keys, or as something else. */
  verify(text: string, typ: keyof SignedAs): Promise<unknown>;
}

/** The first one with a private part signs. */
export function readSigningKeys(
  config: Pick<Config, 'drawSigningKeys' | 'jwtSecret' | 'jwtSecretPrevious'>,
): readonly SigningKey[] {
  const { drawSigningKeys, jwtSecret, jwtSecretPrevious } = config;
  if (drawSigningKeys !== undefined) return drawSigningKeys;
  // What the secret before it signed can be checked for as long as that one is known.
  const previous = jwtSecretPrevious === undefined ? [] : [derivedKey(jwtSecretPrevious)];
  return [derivedKey(jwtSecret), ...previous];
}

/** Nothing is imported before it is needed, and then once. */
export function createDrawSigner(keys: readonly SigningKey[]): DrawSigner {
  const signing = keys.find(({ d }) => d !== undefined);
  if (signing === undefined) throw new Error('no key can sign');
  const published = { keys: keys.map(publicKeyOf) };
  const { kid } = publicKeyOf(signing);
  const header = { alg: ALGORITHM, kid };
  let imported: Promise<CryptoKey> | undefined;
  return {
    async sign(claims, typ) {
      imported ??= privateKeyOf(signing);
      return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ ...header, typ })
        .sign(await imported);
    },
    publicKeys: () => published,
    async verify(text, typ) {
      const { payload, protectedHeader } = await compactVerify(text, createLocalJWKSet(published), {
        algorithms: [ALGORITHM],
      });
      if (protectedHeader.typ !== typ) throw new Error(`signed as ${protectedHeader.typ}`);
      return JSON.parse(new TextDecoder().decode(payload));
    },
  };
}

/** For a shop that was given none. Whoever has the secret has the key. */
function derivedKey(secret: string): SigningKey {
  const bytes = hkdfSync('sha256', secret, '', 'swiftdrop draw signing', DERIVED_BYTES);
  const wide = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const number = (wide % (ORDER - 1n)) + 1n;
  return signingKeyOf(Buffer.from(number.toString(16).padStart(64, '0'), 'hex'));
}

/** With its thumbprint (RFC 7638) as its name. */
function publicKeyOf({ x, y }: SigningKey): PublicKey {
  const point = { crv: 'P-256', kty: 'EC', x, y } as const;
  const kid = createHash('sha256').update(JSON.stringify(point)).digest('base64url');
  return { ...point, kid, use: 'sig', alg: ALGORITHM };
}

async function privateKeyOf({ x, y, d = '' }: SigningKey): Promise<CryptoKey> {
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y, d }, ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('a key pair was read as a secret');
  return key;
}
