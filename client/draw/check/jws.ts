/** Signed texts (compact JWS, ES256): who signed them, as what, and what they say. Must not judge that. */
import { isRecord, parsed } from './shape.ts';
import { isKeySet } from './shapes.ts';

/** An uncommon length means that it is none of the shop's. */
const CHARS_MAX = 4_000;
const PARTS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

export interface Signed {
  /** Of the protected header. */
  readonly type: unknown;
  readonly claims: unknown;
  /** `unchecked` where the browser cannot: the page did not come over https. */
  readonly signature: 'good' | 'bad' | 'unknown_key' | 'unchecked';
}

export interface Keys {
  /** @returns undefined for what is no compact JWS of JSON. */
  read(jws: string): Promise<Signed | undefined>;
}

/**
 * @param jwks as it was fetched
 * @param subtle missing where a page has not come over https
 * @returns undefined where `jwks` is no set of keys
 */
export function createKeys(jwks: unknown, subtle: SubtleCrypto | undefined): Keys | undefined {
  if (!isKeySet(jwks)) return undefined;
  const { keys } = jwks;

  async function signatureOf(header: Record<string, unknown>, [text, signature]: SignedBytes) {
    // `crit` names what a reader must know, and none is known here.
    if (header['alg'] !== 'ES256' || 'crit' in header) return 'bad';
    if (typeof header['kid'] !== 'string') return 'bad';
    const key = keys.find((one) => 'kid' in one && one.kid === header['kid']);
    if (key === undefined) return 'unknown_key';
    if (subtle === undefined) return 'unchecked';
    try {
      const { kty, crv, x, y } = key;
      const known = { kty, crv, x, y } as JsonWebKey;
      const imported = await subtle.importKey('jwk', known, ALGORITHM, false, ['verify']);
      return (await subtle.verify(SIGNING, imported, signature, text)) ? 'good' : 'bad';
    } catch {
      // A key that is none of this curve.
      return 'bad';
    }
  }
  return {
    read: async (jws) => {
      if (jws.length > CHARS_MAX) return undefined;
      const [, header = '', claims = '', signature = ''] = PARTS.exec(jws) ?? [];
      const read = parsedPart(header);
      const said = parsedPart(claims);
      const bytes = decoded(signature);
      if (!isRecord(read) || said === undefined || bytes === undefined) return undefined;
      const text = new TextEncoder().encode(`${header}.${claims}`);
      return { type: read['typ'], claims: said, signature: await signatureOf(read, [text, bytes]) };
    },
  };
}

type SignedBytes = readonly [text: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>];

function parsedPart(part: string): unknown {
  const bytes = decoded(part);
  return bytes && parsed(new TextDecoder().decode(bytes));
}

/** @returns undefined for what is no base64url */
function decoded(part: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
