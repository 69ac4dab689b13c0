import { describe, expect, it } from 'vitest';
import type { NamedBeacon } from '../contract/draw.ts';
import { QUICKNET } from './beacon-rounds.ts';
import { hexOf } from './hex.ts';
import { askRelays, httpRelay, type RelayReport } from './relays.ts';
import { REAL_ROUNDS } from './testing/real-rounds.ts';

const [REAL = { round: 0, signature: '', randomness: '' }, OTHER = REAL] = REAL_ROUNDS;
const NAMED: NamedBeacon = { kind: 'drand', ...QUICKNET, round: REAL.round, roundAtMs: 0 };
const GOOD = JSON.stringify(REAL);

type Answer = () => Response | Promise<Response>;

const text =
  (body: string, status = 200) =>
  () =>
    new Response(body, { status });

/** Relays r0, r1 … that answer so. */
async function ask(answers: Answer[], first = 0) {
  const asked: string[] = [];
  let reported: RelayReport[] = [];
  const relays = answers.map((answer, n) =>
    httpRelay(`https://r${n}.example`, async (url) => {
      asked.push(url);
      return answer();
    }),
  );
  const report = (faults: RelayReport[]) => {
    reported = faults;
  };
  const round = await askRelays(relays, NAMED, { first, report });
  return { asked, faults: reported.map(({ fault }) => fault), round };
}

describe('relays of a beacon', () => {
  it('are asked for the named round of the named chain, until one has it', async () => {
    const { asked, faults, round } = await ask([text(GOOD), text(GOOD)]);
    expect(asked).toEqual([`https://r0.example/${QUICKNET.chain}/public/${REAL.round}`]);
    expect(faults).toEqual([]);
    expect(hexOf(round?.randomness ?? new Uint8Array())).toBe(REAL.randomness);
  });

  it('take turns in being the first', async () => {
    const { asked } = await ask([text('', 404), text('', 404), text('', 404)], 4);
    expect(asked.map((url) => new URL(url).host)).toEqual([
      'r1.example',
      'r2.example',
      'r0.example',
    ]);
  });

  it('have it where one of them has, whatever the others say', async () => {
    const lying = JSON.stringify({ ...REAL, signature: OTHER.signature });
    const { faults, round } = await ask([
      text('', 404),
      text('', 500),
      text('', 503),
      text(JSON.stringify(OTHER)),
      text(lying),
      text('<html>'),
      text(JSON.stringify({ round: REAL.round })),
      text(GOOD.padEnd(5_000)),
      () => new Response(GOOD, { status: 302, headers: { Location: 'https://elsewhere.example' } }),
      () => Promise.reject(new Error('cut off')),
      text(GOOD),
    ]);
    expect(faults).toEqual([
      'not_there',
      'failed',
      'failed',
      'another_round',
      'wrong_signature',
      'unreadable',
      'unreadable',
      'unreadable',
      'failed',
      'no_answer',
    ]);
    expect(hexOf(round?.signature ?? new Uint8Array())).toBe(REAL.signature);
  });

  it('are not believed what they say of the randomness', async () => {
    const { round } = await ask([text(JSON.stringify({ ...REAL, randomness: OTHER.randomness }))]);
    expect(hexOf(round?.randomness ?? new Uint8Array())).toBe(REAL.randomness);
  });

  it('do not have it where none of them has a signature that fits', async () => {
    const { faults, round } = await ask([text('', 404), text(JSON.stringify(OTHER))]);
    expect(faults).toEqual(['not_there', 'another_round']);
    expect(round).toBeUndefined();
  });
});
