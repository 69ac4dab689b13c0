import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const env = {
  DATABASE_URL: 'postgres://u:p@db.example/shop',
  JWT_SECRET: 's'.repeat(32),
};
const drawIn = (vars: Record<string, string>) => readConfig({ ...env, ...vars }).draw;
const RELAYS = 'https://one.example, https://two.example:6875';

describe('the beacon of draws', () => {
  it('is the shop’s own where nothing is said, and is asked in the shop', () => {
    expect(drawIn({})).toMatchObject({ beacon: 'local', localRelays: [], leadSeconds: 5 });
    expect(drawIn({}).publicRelays.length).toBeGreaterThan(1);
  });

  it('is asked at the relays of its own kind only', () => {
    const relays = ['https://one.example', 'https://two.example:6875'];
    const drand = drawIn({ DRAW_BEACON: 'drand', DRAW_RELAYS: RELAYS });
    expect(drand).toMatchObject({ publicRelays: relays, localRelays: [], leadSeconds: 40 });
    const local = drawIn({ DRAW_RELAYS: 'http://127.0.0.1:8799' });
    expect(local.localRelays).toEqual(['http://127.0.0.1:8799']);
    expect(local.publicRelays).toEqual(drawIn({}).publicRelays);
  });

  it('leaves the time that is said, and with a public beacon never less than 30 seconds', () => {
    expect(drawIn({ DRAW_LEAD_SECONDS: '9' }).leadSeconds).toBe(9);
    const drand = (text: string) => drawIn({ DRAW_BEACON: 'drand', DRAW_LEAD_SECONDS: text });
    expect(drand('9').leadSeconds).toBe(30);
    expect(drand('120').leadSeconds).toBe(120);
  });

  it.each([
    ['DRAW_BEACON', 'dice'],
    ['DRAW_RELAYS', 'http://relay.example'],
    ['DRAW_RELAYS', 'https://relay.example/path'],
    ['DRAW_RELAYS', Array.from({ length: 11 }, (_, n) => `https://r${n}.example`).join(',')],
    ['DRAW_LEAD_SECONDS', '0'],
    ['DRAW_LEAD_SECONDS', '3601'],
    ['DRAW_LEAD_SECONDS', '-5'],
  ])('is refused where %s is %s', (name, text) => {
    expect(() => drawIn({ [name]: text })).toThrow(`missing or malformed: ${name}`);
  });
});
