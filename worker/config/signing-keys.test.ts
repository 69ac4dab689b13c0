import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { faultsIn } from '../../data-api/environment.ts';
import { readConfig } from './config.ts';
import { SIGNING_KEYS_MAX, signingKeyOf } from './signing-keys.ts';
import { VARIABLES } from './variables.ts';

const env = {
  DATABASE_URL: 'postgres://user:password@host.example/shop',
  JWT_SECRET: 'x'.repeat(32),
};

function made() {
  const {
    x = '',
    y = '',
    d = '',
  } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  }).privateKey.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x, y, d };
}

const keysIn = (text: string) => readConfig({ ...env, DRAW_SIGNING_KEYS: text }).drawSigningKeys;
const keysOf = (...keys: object[]) => keysIn(JSON.stringify({ keys }));

const [one, two] = [made(), made()];
const { d: _private, ...published } = two;

describe('the keys by which draws are signed', () => {
  it('are none by default', () => {
    expect(readConfig(env).drawSigningKeys).toBeUndefined();
    expect(keysIn('')).toBeUndefined();
  });

  it('are taken in their order, with what else a JWK may say, and those that are only published', () => {
    const { x, y, d } = one;
    expect(keysOf({ ...one, use: 'sig', alg: 'ES256', kid: 'mine', ext: true }, published)).toEqual(
      [
        { x, y, d },
        { x: two.x, y: two.y, d: undefined },
      ],
    );
  });

  it.each<[string, object[] | string]>([
    ['no JSON', 'a key'],
    ['a key that is in no set', JSON.stringify(one)],
    ['no key', []],
    ['too many keys', Array.from({ length: SIGNING_KEYS_MAX + 1 }, made)],
    ['none that can sign', [published]],
    ['one key twice', [one, { ...one, d: undefined }]],
    ['a private part of another key', [{ ...one, d: two.d }]],
    ['a private part of 0', [{ ...one, d: 'A'.repeat(43) }]],
    ['a point that is not on the curve', [one, { ...published, y: one.y }]],
    ['a key on another curve', [{ ...one, crv: 'P-384' }]],
    ['a key for something else', [{ ...one, use: 'enc' }]],
    ['a shortened private part', [{ ...one, d: one.d.slice(1) }]],
  ])('are malformed where there is %s, and are not shown', (_what, keys) => {
    const text = typeof keys === 'string' ? keys : JSON.stringify({ keys });
    expect(() => keysIn(text)).toThrow('missing or malformed: DRAW_SIGNING_KEYS');
    const faults = JSON.stringify(faultsIn(VARIABLES, { ...env, DRAW_SIGNING_KEYS: text }));
    expect(faults).toContain('npm run draw:key');
    expect(faults).not.toContain(one.d);
  });
});

describe('a key pair of a number', () => {
  it('has the public part that every implementation gives it', () => {
    expect(signingKeyOf(Buffer.from(one.d, 'base64url'))).toEqual({ x: one.x, y: one.y, d: one.d });
    // The generator of the curve.
    expect(signingKeyOf(Buffer.from('01'.padStart(64, '0'), 'hex'))).toMatchObject({
      x: 'axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY',
      y: 'T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU',
    });
  });
});
