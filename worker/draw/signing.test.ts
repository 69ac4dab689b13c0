import { createPublicKey, verify } from 'node:crypto';
import { calculateJwkThumbprint, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/config.ts';
import { RECEIPT_TYPE, STATEMENT_TYPE } from '../contract/draw.ts';
import type { EventId, EventItemId, QueueEntryId } from '../contract/ids.ts';
import { createDrawSigner, readSigningKeys } from './signing.ts';

const SECRET = 'a secret that only this test knows';
const CLAIMS = {
  entryId: 'ent_0123456789ab_01kb8c4zj0h7pqrstv' as QueueEntryId,
  eventId: 'evt_0123456789ab' as EventId,
  eventItemId: 'evi_0123456789ab_1' as EventItemId,
  seq: 7,
  head: 'ab'.repeat(32),
  enteredAt: '2030-01-01T00:00:00.000Z',
};

const signerOf = (variables: object) =>
  createDrawSigner(
    readSigningKeys(
      readConfig({
        DATABASE_URL: 'postgres://user:password@host.example/shop',
        JWT_SECRET: SECRET,
        ...variables,
      }),
    ),
  );
const keyOf = (secret: string) => {
  const [key] = readSigningKeys({
    drawSigningKeys: undefined,
    jwtSecret: secret,
    jwtSecretPrevious: undefined,
  });
  if (key === undefined) throw new Error('a secret makes one key');
  return { kty: 'EC', crv: 'P-256', ...key };
};
const set = (...keys: object[]) => ({ DRAW_SIGNING_KEYS: JSON.stringify({ keys }) });

describe('what a draw is proven by', () => {
  it('is a compact JWS that node:crypto checks by the published key', async () => {
    const signer = signerOf({});
    const text = await signer.sign(CLAIMS, RECEIPT_TYPE);
    const [header = '', payload = '', signature = ''] = text.split('.');
    const [jwk] = signer.publicKeys().keys;
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const signed = Buffer.from(`${header}.${payload}`);
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, bytes)).toBe(true);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual(CLAIMS);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'ES256',
      kid: jwk?.kid,
      typ: RECEIPT_TYPE,
    });
  });

  it('is refused as another thing, changed, or signed by a stranger', async () => {
    const [signer, stranger] = [signerOf({}), signerOf({ JWT_SECRET: `${SECRET} not` })];
    const text = await signer.sign(CLAIMS, RECEIPT_TYPE);
    expect(await signer.verify(text, RECEIPT_TYPE)).toEqual(CLAIMS);
    await expect(signer.verify(text, STATEMENT_TYPE)).rejects.toThrow('signed as');
    const [header, , signature] = text.split('.');
    const other = Buffer.from(JSON.stringify({ ...CLAIMS, seq: 6 })).toString('base64url');
    await expect(signer.verify(`${header}.${other}.${signature}`, RECEIPT_TYPE)).rejects.toThrow(
      'signature verification failed',
    );
    const strange = await stranger.sign(CLAIMS, RECEIPT_TYPE);
    await expect(signer.verify(strange, RECEIPT_TYPE)).rejects.toThrow('no applicable key');
  });

  it('is never taken by a shared secret, nor without a signature', async () => {
    const signer = signerOf({});
    const [{ kid, x } = { kid: '', x: '' }] = signer.publicKeys().keys;
    const token = new SignJWT({ ...CLAIMS });
    const shared = await token
      .setProtectedHeader({ alg: 'HS256', kid, typ: RECEIPT_TYPE })
      .sign(new TextEncoder().encode(x));
    await expect(signer.verify(shared, RECEIPT_TYPE)).rejects.toThrow('not allowed');
    const [, payload] = shared.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: RECEIPT_TYPE }));
    const unsigned = `${none.toString('base64url')}.${payload}.`;
    await expect(signer.verify(unsigned, RECEIPT_TYPE)).rejects.toThrow('not allowed');
  });
});

describe('the keys', () => {
  it('are published by their thumbprints, without their private parts', async () => {
    const { d: _, ...old } = keyOf('old');
    const { keys } = signerOf(set(keyOf('new'), old)).publicKeys();
    expect(keys.map(({ x }) => x)).toEqual([keyOf('new').x, old.x]);
    for (const key of keys) {
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      expect(key.kid).toBe(await calculateJwkThumbprint({ ...key }));
    }
  });

  it('are rotated: the first one that can sign does, and what the others signed is good', async () => {
    const [old, next] = [keyOf('old'), keyOf('new')];
    const before = await signerOf(set(old)).sign(CLAIMS, RECEIPT_TYPE);
    const announced = signerOf(set(old, next));
    expect(announced.publicKeys().keys).toHaveLength(2);
    const still = await announced.sign(CLAIMS, RECEIPT_TYPE);
    expect(await signerOf(set(old)).verify(still, RECEIPT_TYPE)).toEqual(CLAIMS);
    const after = signerOf(set({ ...old, d: undefined }, next));
    expect(await after.verify(before, RECEIPT_TYPE)).toEqual(CLAIMS);
    const made = await after.sign(CLAIMS, RECEIPT_TYPE);
    expect(await signerOf(set(next)).verify(made, RECEIPT_TYPE)).toEqual(CLAIMS);
    await expect(signerOf(set(old)).verify(made, RECEIPT_TYPE)).rejects.toThrow(
      'no applicable key',
    );
  });

  it('follow from the secret where none are given, also from the one before', async () => {
    const before = await signerOf({}).sign(CLAIMS, RECEIPT_TYPE);
    const renewed = signerOf({ JWT_SECRET: `${SECRET} 2`, JWT_SECRET_PREVIOUS: SECRET });
    expect(await renewed.verify(before, RECEIPT_TYPE)).toEqual(CLAIMS);
    const made = await renewed.sign(CLAIMS, RECEIPT_TYPE);
    await expect(signerOf({}).verify(made, RECEIPT_TYPE)).rejects.toThrow('no applicable key');
  });
});
