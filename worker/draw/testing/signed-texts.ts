/** Compact JWS by keys that only tests know, made without the product's own code. */
import { createHash, sign } from 'node:crypto';

export interface SigningKey {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  d: string;
}

/** The shop's. */
export const SHOP_KEY: SigningKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'oyLfTXOK190nSW41Jo016tjFsQYWD_fmKrtEnB_kK9Q',
  y: '1xah6G9mHBIUKHUAd2zw6K2c63SU8ahV_LOM1VVw_nA',
  d: '-ZQlamJAXyxYiu15tUP8dUD-5AN_9JQWbNJLU50pL9s',
};

/** Of somebody else. */
export const FOREIGN_KEY: SigningKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'EzwhqLqo1jNnA8vAe7kfF1MVyVcPDlga5P_GcuzbUBI',
  y: 'Berda14VXDykuGROo9zky5DDkOUL4v-pukElLUVfz5o',
  d: 'jjVeO2uyAilzxmDYWmKarGU8w2YBl2DO5P_L5v6vdMg',
};

export interface PublicKey {
  kty: string;
  crv: string;
  x: string;
  y: string;
  kid: string;
  alg: string;
  use: string;
}

/** As /.well-known/jwks.json has it. */
export function publicKey({ kty, crv, x, y }: SigningKey): PublicKey {
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x, y }));
  return { kty, crv, x, y, kid: thumbprint.digest('base64url'), alg: 'ES256', use: 'sig' };
}

/** @param header is added to what a right one has, or replaces it. */
export function signedText(
  claims: object,
  header: { typ: string; [name: string]: unknown },
  key: SigningKey = SHOP_KEY,
): string {
  const { kid } = publicKey(key);
  const text = `${encoded({ alg: 'ES256', kid, ...header })}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(text), {
    key: { ...key },
    format: 'jwk',
    dsaEncoding: 'ieee-p1363',
  });
  return `${text}.${signature.toString('base64url')}`;
}

/** What a signed text says, whoever signed it. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** The same header and signature over other claims. */
export function withClaims(token: string, claims: object): string {
  const [header = '', , signature = ''] = token.split('.');
  return `${header}.${encoded(claims)}.${signature}`;
}

export function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
