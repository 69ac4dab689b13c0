import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { complaintsAbout, readSecrets, secretsOf } from './secrets.ts';

const KEY = 'k'.repeat(32);

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-secrets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'secrets'), text);
  return join(folder, 'secrets');
}

describe('a secrets file', () => {
  it('gives each Worker its own, and both the key that they share', async () => {
    const file = await fileWith(
      `# all of them\nJWT_SECRET="a=b"\nDATA_API_KEY=${KEY}\nMONGODB_URI='mongodb://h/'\nJWT_SECRET_PREVIOUS=\n`,
    );
    const secrets = await readSecrets(file);
    expect(secretsOf('shop', secrets)).toEqual({ JWT_SECRET: 'a=b', DATA_API_KEY: KEY });
    expect(secretsOf('gateway', secrets)).toEqual({
      MONGODB_URI: 'mongodb://h/',
      DATA_API_KEY: KEY,
    });
  });

  it('is refused with a name in it that is no secret, and where it is not there', async () => {
    await expect(readSecrets(await fileWith('JWT_SECERT=x'))).rejects.toThrow('JWT_SECERT');
    await expect(readSecrets(await fileWith('ADDRESS_LIMITS=off'))).rejects.toThrow('no secret');
    await expect(readSecrets('/nowhere/secrets')).rejects.toThrow('cannot be read');
  });
});

describe('what a Worker would find wrong', () => {
  const vars = { ADDRESS_LIMITS: 'on', DATA_API_URL: '' };

  it('is nothing where the secrets are on the platform', () => {
    expect(complaintsAbout('shop', vars, undefined)).toEqual([]);
  });

  it('is what it needs and is not given, as far as that is known', () => {
    expect(complaintsAbout('shop', vars, {})).toHaveLength(2);
    const withReviews = { ...vars, DATA_API_URL: 'https://data-api.example' };
    expect(complaintsAbout('shop', withReviews, {})).toHaveLength(3);
    expect(complaintsAbout('gateway', {}, undefined)).toEqual([
      expect.stringContaining('DATA_API_DATABASE is missing'),
      expect.stringContaining('DATA_API_COLLECTIONS is missing'),
    ]);
  });

  it('is a secret that stands in wrangler.toml, and a name that nobody reads', () => {
    const wrong = { ...vars, JWT_SECRET: 's'.repeat(32), ADRESS_LIMITS: 'off' };
    expect(complaintsAbout('shop', wrong, undefined)).toEqual([
      'JWT_SECRET is a secret and stands in wrangler.toml',
      'ADRESS_LIMITS stands in wrangler.toml and is no variable of the Worker',
    ]);
  });
});
