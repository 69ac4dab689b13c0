/** A checker is worth what it refuses: each code of docs/fairness.md by a draw that deserves it. */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import type { DrawStart } from '../../../worker/contract/draw.ts';
import { DRAW_FINDINGS, type DrawFindingCode } from '../../../worker/contract/draw-findings.ts';
import { EVENT_ID, ITEM_ID, instant } from '../../testing/builders.ts';
import {
  CLOSES_MS,
  enters,
  entryId,
  OTHER_ITEM_ID,
  type PlayedDraw,
  playDraw,
  receiptOf,
  STARTS_MS,
  STEPS,
  sent,
  stateAll,
} from '../../testing/draws.ts';
import { checkDraw } from './check-draw.ts';
import type { OwnAsked } from './own-entry.ts';

const { subtle } = crypto;

function check({ draw, lines, jwks }: PlayedDraw, own: OwnAsked = {}) {
  return checkDraw({ eventId: EVENT_ID, draw, lines: sent(lines), jwks, own, subtle });
}

async function codesOf(played: PlayedDraw, own?: OwnAsked) {
  return (await check(played, own)).findings.map(({ code }) => code);
}

/** A real round, and all else right. */
async function drawnWith(change: (played: PlayedDraw) => unknown): Promise<PlayedDraw> {
  const played = await playDraw();
  await change(played);
  return played;
}

function line({ lines }: PlayedDraw, seq: number) {
  const found = lines[seq - 1];
  if (found === undefined) throw new Error(`no record ${seq}`);
  return found;
}

function startOf({ draw }: PlayedDraw): DrawStart {
  if (draw.start === null) throw new Error('nobody entered');
  return draw.start;
}

test('a draw with a real round of the public beacon is found to be right', async () => {
  const played = await playDraw();
  const { findings, notes, ...counted } = await check(played);
  expect(findings).toEqual([]);
  expect(notes).toEqual([]);
  const { head, seed, ranking } = played.draw;
  expect(counted).toEqual({ records: 7, entries: 6, ranked: 5, head, seed, ranking, own: [] });
});

test.each(['open', 'locked', 'waiting_for_beacon', 'given_up'] as const)(
  'what there is of a draw that is %s is found to be right, and not drawn',
  async (status) => {
    const { findings, notes, records } = await check(await playDraw({ status }));
    expect([findings, notes, records]).toEqual([[], ['not_drawn'], 7]);
  },
);

test('a draw that nobody entered has nothing to be proven', async () => {
  const played = await playDraw({ steps: [], status: 'open' });
  const none = { number: null, start: null, head: null };
  Object.assign(played.draw, none, { status: 'drawn', lockedAt: instant(CLOSES_MS) });
  expect(await check(played)).toMatchObject({ findings: [], notes: ['nobody_entered'] });
  played.lines.push(...(await playDraw()).lines);
  expect(await codesOf(played)).toEqual(['records_differ']);
});

test('a draw of the shop’s own beacon is right, and proves nothing to outsiders', async () => {
  const signing = bls12_381.shortSignatures;
  const secret = new Uint8Array(32).fill(7);
  const publicKey = signing.getPublicKey(secret).toBytes();
  const round = Math.ceil(STARTS_MS / 3_000) + 1;
  const numbered = new Uint8Array(8);
  new DataView(numbered.buffer).setBigUint64(0, BigInt(round));
  const played = await playDraw({
    round: {
      beacon: {
        kind: 'local',
        chain: bytesToHex(sha256(publicKey)),
        publicKey: bytesToHex(publicKey),
        round,
        roundAtMs: (round - 1) * 3_000,
      },
      signature: bytesToHex(signing.sign(signing.hash(sha256(numbered)), secret).toBytes()),
    },
  });
  expect(await check(played)).toMatchObject({ findings: [], notes: ['local_beacon'] });
  startOf(played).beacon.chain = startOf(played).beacon.publicKey;
  expect(await codesOf(played)).toContain('beacon_chain_wrong');
});

type Case = [name: string, change: (played: PlayedDraw) => unknown, DrawFindingCode];

const OTHER_SIGNATURE =
  'b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41';

const CASES: readonly Case[] = [
  ['no draw', (p) => Object.assign(p.draw, { entries: 'six' }), 'draw_malformed'],
  ['a line that is no record', (p) => Object.assign(line(p, 2), { at: 'now' }), 'record_malformed'],
  ['no statement', (p) => p.draw.statements.push('a.b.c'), 'statement_malformed'],
  ['no keys', (p) => Object.assign(p.jwks, { keys: null }), 'keys_malformed'],
  [
    'more records than a browser could read',
    (p) => Object.assign(p.draw, { records: 1e9 }),
    'too_many_records',
  ],
  ['another version', (p) => Object.assign(p.draw, { version: 2 }), 'version_unknown'],
  ['another beacon', (p) => Object.assign(p.draw.beacon, { kind: 'dice' }), 'beacon_unknown'],
  [
    'a chain that looks like drand',
    (p) => Object.assign(startOf(p).beacon, { chain: 'ab'.repeat(32) }),
    'beacon_chain_wrong',
  ],
  ['a later round', (p) => Object.assign(startOf(p).beacon, { round: 1_001 }), 'round_wrong'],
  [
    'a round at another time',
    (p) => Object.assign(startOf(p).beacon, { roundAtMs: STARTS_MS + 1 }),
    'round_time_wrong',
  ],
  [
    'entries that close after the round',
    (p) => Object.assign(startOf(p), { entriesCloseAtMs: STARTS_MS + 1 }),
    'entries_close_late',
  ],
  ['a second beacon', (p) => Object.assign(p.draw.beacon, { round: 999 }), 'beacon_differs'],
  [
    'the signature of another round',
    (p) => Object.assign(p.draw, { signature: OTHER_SIGNATURE }),
    'signature_wrong',
  ],
  [
    'a signature that is no point of the curve',
    (p) => Object.assign(p.draw, { signature: 'ff'.repeat(48) }),
    'signature_wrong',
  ],
  [
    'invented randomness',
    (p) => Object.assign(p.draw, { randomness: 'ab'.repeat(32) }),
    'randomness_wrong',
  ],
  ['a gap', (p) => p.lines.splice(2, 1), 'sequence_wrong'],
  [
    'two lines that were exchanged',
    (p) => p.lines.splice(1, 2, line(p, 3), line(p, 2)),
    'sequence_wrong',
  ],
  ['a time that goes back', (p) => Object.assign(line(p, 3), { at: instant(0) }), 'time_backwards'],
  [
    'somebody who came late',
    (p) => Object.assign(line(p, 7), { at: instant(CLOSES_MS) }),
    'record_after_lock',
  ],
  [
    'an unknown item',
    (p) => Object.assign(line(p, 7), { eventItemId: 'evi_000000000001_3' }),
    'item_unknown',
  ],
  ['an unknown kind', (p) => Object.assign(line(p, 7), { kind: 'jump' }), 'kind_unknown'],
  ['a second entering', (p) => Object.assign(line(p, 7), { entryId: entryId(3) }), 'entered_twice'],
  [
    'a leaving of nobody',
    (p) => Object.assign(line(p, 4), { entryId: entryId(9) }),
    'left_without_entering',
  ],
  [
    'a second leaving',
    (p) => Object.assign(line(p, 7), { kind: 'leave', entryId: entryId(1) }),
    'left_twice',
  ],
  ['a wish that grew', (p) => Object.assign(line(p, 4), { quantity: 2 }), 'entry_changed'],
  [
    'another head of a line',
    (p) => Object.assign(line(p, 5), { head: 'ab'.repeat(32) }),
    'record_head_wrong',
  ],
  ['another last head', (p) => Object.assign(p.draw, { head: 'ab'.repeat(32) }), 'head_wrong'],
  ['a list cut short', (p) => p.lines.pop(), 'records_differ'],
  ['a list that goes on', (p) => p.lines.push(line(p, 7)), 'records_differ'],
  ['another count', (p) => Object.assign(p.draw, { entries: 7 }), 'entries_differ'],
  ['another count of a step', (p) => p.draw.counts?.entered.splice(3, 1, 9), 'counts_wrong'],
  ['no result', (p) => Object.assign(p.draw, { seed: null }), 'result_missing'],
  ['a rank before the draw', (p) => Object.assign(p.draw, { status: 'locked' }), 'result_early'],
  ['another seed', (p) => Object.assign(p.draw, { seed: 'ab'.repeat(32) }), 'seed_wrong'],
  ['ranks that were exchanged', (p) => exchangeRanks(p), 'rank_wrong'],
  ['a rank of somebody who left', (p) => Object.assign(line(p, 1), { rank: 5 }), 'rank_of_left'],
  ['a rank in a leaving', (p) => Object.assign(line(p, 4), { rank: 1 }), 'rank_of_left'],
  ['no rank', (p) => Object.assign(line(p, 3), { rank: null }), 'rank_missing'],
  ['another ranking', (p) => Object.assign(p.draw, { ranking: 'ab'.repeat(32) }), 'ranking_wrong'],
  [
    'a bad signature',
    (p) => resign(p, async (text) => `${text.slice(0, -8)}AAAAAAAA`),
    'statement_signature_wrong',
  ],
  ['an unknown key', (p) => Object.assign(p.jwks, { keys: [] }), 'statement_key_unknown'],
  [
    'another type',
    (p) => resign(p, (_, said) => p.sign(said, 'swiftdrop-receipt')),
    'statement_type_wrong',
  ],
  [
    'another value that is signed',
    (p) => resign(p, (_, said) => p.sign({ ...said, entries: 5 }, 'swiftdrop-draw')),
    'statement_differs',
  ],
  [
    'another statement as the newest',
    (p) => Object.assign(p.draw, { statement: p.draw.statements[0] }),
    'statement_differs',
  ],
  [
    'two statements of a type',
    (p) => p.draw.statements.push(p.draw.statements[1] ?? ''),
    'statement_twice',
  ],
  ['no statement of the lock', (p) => p.draw.statements.shift(), 'statement_missing'],
];

function exchangeRanks(played: PlayedDraw) {
  const [first, second] = played.lines.filter(
    ({ eventItemId, rank }) => eventItemId === ITEM_ID && typeof rank === 'number',
  );
  if (!first || !second) throw new Error('too few have a rank');
  Object.assign(first, { rank: second.rank });
}

/** Changes the statement of the lock. */
async function resign(
  { draw }: PlayedDraw,
  change: (text: string, said: object) => Promise<string>,
) {
  const [text = ''] = draw.statements;
  const said = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
  draw.statements[0] = await change(text, said);
}

test.each(CASES)('%s is refused', async (_, change, code) => {
  expect(await codesOf(await drawnWith(change))).toContain(code);
});

test('a draw of another event is refused', async () => {
  const { draw, lines, jwks } = await playDraw();
  const eventId = 'evt_000000000002';
  const { findings } = await checkDraw({ eventId, draw, lines: sent(lines), jwks, subtle });
  expect(findings).toEqual([{ code: 'draw_of_other_event' }]);
});

test('it is told at which record something was found first', async () => {
  const played = await drawnWith((p) => Object.assign(line(p, 3), { quantity: 5 }));
  const { findings } = await check(played);
  expect(findings).toContainEqual({ code: 'record_head_wrong', seq: 3 });
});

test('somebody who is shown a receipt finds their entry', async () => {
  const played = await playDraw();
  const receipt = await played.sign(receiptOf(line(played, 5)), 'swiftdrop-receipt');
  const { findings, own } = await check(played, { receipt });
  expect(findings).toEqual([]);
  expect(own).toEqual([
    expect.objectContaining({
      entryId: entryId(4),
      seq: 5,
      hasLeft: false,
      isAsReceipt: true,
      outcome: 'waiting',
      place: { rank: line(played, 5).rank, of: 3, score: expect.stringMatching(/^[0-9a-f]{64}$/) },
    }),
  ]);
});

test('entries that are known to be one’s own are found without a receipt', async () => {
  const { own } = await check(await playDraw(), { entryIds: [entryId(1), entryId(9)] });
  expect(own).toEqual([
    expect.objectContaining({ entryId: entryId(1), hasLeft: true, place: null, isAsReceipt: null }),
  ]);
});

test.each<[string, (played: PlayedDraw) => Promise<string>, DrawFindingCode]>([
  ['no receipt', async () => 'hello', 'receipt_malformed'],
  [
    'a bad signature',
    async (p) =>
      `${(await p.sign(receiptOf(line(p, 5)), 'swiftdrop-receipt')).slice(0, -8)}AAAAAAAA`,
    'receipt_signature_wrong',
  ],
  [
    'another shop’s receipt',
    async (p) => (await playDraw()).sign(receiptOf(line(p, 5)), 'swiftdrop-receipt'),
    'receipt_signature_wrong',
  ],
  [
    'a statement',
    async (p) => p.sign(receiptOf(line(p, 5)), 'swiftdrop-draw'),
    'receipt_type_wrong',
  ],
  [
    'a receipt of another event',
    async (p) =>
      p.sign({ ...receiptOf(line(p, 5)), eventId: 'evt_000000000009' }, 'swiftdrop-receipt'),
    'receipt_of_other_event',
  ],
  [
    'a receipt of somebody who is not in the list',
    async (p) => p.sign({ ...receiptOf(line(p, 5)), entryId: entryId(9) }, 'swiftdrop-receipt'),
    'receipt_not_in_list',
  ],
])('%s is refused as a receipt', async (_, receiptFor, code) => {
  const played = await playDraw();
  expect(await codesOf(played, { receipt: await receiptFor(played) })).toContain(code);
});

test('a receipt of a key that is not published is refused', async () => {
  const played = await playDraw();
  const receipt = await played.sign(receiptOf(line(played, 5)), 'swiftdrop-receipt');
  played.jwks.keys = [];
  expect(await codesOf(played, { receipt })).toContain('receipt_key_unknown');
});

test('a shop that changed the list and computed all of it anew is given away by a receipt', async () => {
  const shown = await playDraw();
  const receiptClaims = receiptOf(line(shown, 5));
  const steps = STEPS.map((step) => (step.entry === 2 ? enters(8, OTHER_ITEM_ID) : step));
  const changed = await playDraw({ steps });
  await stateAll(changed.draw, changed.sign);
  expect(await codesOf(changed)).toEqual([]);
  const receipt = await changed.sign(receiptClaims, 'swiftdrop-receipt');
  expect(await codesOf(changed, { receipt })).toEqual(['receipt_not_in_list']);
});

test('a list that is a little older or newer than a draw that is open is none that was changed', async () => {
  const played = await playDraw({ status: 'open' });
  const older = { ...played, lines: played.lines.slice(0, 5) };
  const newer = { ...(await playDraw({ status: 'open', steps: [...STEPS, enters(7)] })) };
  expect(await check(older)).toMatchObject({ findings: [], notes: ['not_drawn', 'list_behind'] });
  expect(await check({ ...newer, draw: played.draw, jwks: played.jwks })).toMatchObject({
    findings: [],
    notes: ['not_drawn'],
  });
});

test('counts that are a little older than a draw that is open are recounted as far as they go', async () => {
  const older = await playDraw({ status: 'open', steps: STEPS.slice(0, 5) });
  const played = await playDraw({ status: 'open' });
  played.draw.counts = older.draw.counts;
  expect(await codesOf(played)).toEqual([]);
  played.draw.counts?.left.splice(0, 1, 1);
  expect(await codesOf(played)).toEqual([]);
  played.draw.counts?.left.splice(0, 1, 2);
  expect(await codesOf(played)).toEqual(['counts_wrong']);
});

test('a draw that was saved before there were counts is right without them', async () => {
  const { draw, lines, jwks } = await playDraw();
  const { counts: _, ...before } = draw;
  const input = { eventId: EVENT_ID, draw: before, lines: sent(lines), jwks, subtle };
  expect((await checkDraw(input)).findings).toEqual([]);
});

test('what is not checked is told where the page did not come over https', async () => {
  const { draw, lines, jwks } = await playDraw();
  const input = { eventId: EVENT_ID, draw, lines: sent(lines), jwks, subtle: undefined };
  expect(await checkDraw(input)).toMatchObject({ findings: [], notes: ['signatures_unchecked'] });
});

test('each code has its case here', () => {
  const covered = new Set<string>([
    ...CASES.map(([, , code]) => code),
    'draw_of_other_event',
    ...Object.keys(DRAW_FINDINGS).filter((code) => code.startsWith('receipt_')),
  ]);
  expect(Object.keys(DRAW_FINDINGS).filter((code) => !covered.has(code))).toEqual([]);
});
