/** What the shop signed of a draw: clause 7 of docs/fairness.md. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Draw, DrawStart, DrawStatement } from '../../../worker/contract/draw.ts';
import { startRecord } from '../../../worker/contract/draw-records.ts';
import type { Findings } from './findings.ts';
import type { Keys } from './jws.ts';
import { isStatement } from './shapes.ts';

/** As worker/contract/draw.ts names it, which brings its library along. */
const TYPE = 'swiftdrop-draw';

export interface Stated {
  readonly draw: Draw;
  readonly start: DrawStart;
  readonly keys: Keys;
}

/** @returns false where no signature could be checked */
export async function checkStatements(stated: Stated, found: Findings): Promise<boolean> {
  const { draw } = stated;
  const seen = new Map<DrawStatement['type'], string>();
  let isChecked = true;
  for (const text of draw.statements) {
    const read = await readStatement(stated, text, found);
    if (read === undefined) continue;
    if (read.signature === 'unchecked') isChecked = false;
    const { type } = read.claims;
    if (seen.has(type)) found.add('statement_twice');
    seen.set(type, text);
    const locked = seen.get('locked');
    found.expect(saysTheSame(read.claims, stated, locked), 'statement_differs');
  }
  found.expect(draw.statement === (draw.statements.at(-1) ?? null), 'statement_differs');
  if (draw.status === 'drawn') {
    found.expect(seen.has('locked') && seen.has('drawn'), 'statement_missing');
  }
  return isChecked;
}

async function readStatement({ keys }: Stated, text: string, found: Findings) {
  const read = await keys.read(text);
  if (read === undefined) return found.add('statement_malformed');
  const { type, claims, signature } = read;
  found.expect(type === TYPE, 'statement_type_wrong');
  if (signature === 'unknown_key') found.add('statement_key_unknown');
  if (signature === 'bad') found.add('statement_signature_wrong');
  if (isStatement(claims)) return { claims, signature };
  // What is signed as something else need not look like a statement.
  return type === TYPE ? found.add('statement_malformed') : undefined;
}

function saysTheSame(
  said: DrawStatement,
  { draw, start }: Stated,
  locked: string | undefined,
): boolean {
  const isSame =
    said.version === draw.version &&
    said.eventId === start.eventId &&
    said.number === start.number &&
    said.start === bytesToHex(sha256(startRecord(start))) &&
    said.records === draw.records &&
    said.entries === draw.entries &&
    said.head === draw.head;
  return isSame && saysTheSameOfItsType(said, { draw, start }, locked);
}

function saysTheSameOfItsType(
  said: DrawStatement,
  { draw, start }: Pick<Stated, 'draw' | 'start'>,
  locked: string | undefined,
): boolean {
  switch (said.type) {
    case 'locked':
      return isSameTime(said.lockedAt, draw.lockedAt) && isSameBeacon(said.beacon, start.beacon);
    case 'drawn':
      return (
        locked !== undefined &&
        said.locked === bytesToHex(sha256(utf8ToBytes(locked))) &&
        said.signature === draw.signature &&
        said.randomness === draw.randomness &&
        said.seed === draw.seed &&
        said.ranking === draw.ranking &&
        isSameTime(said.drawnAt, draw.drawnAt)
      );
    case 'given_up':
      return (
        draw.givenUp !== null &&
        said.reason === draw.givenUp.reason &&
        isSameTime(said.givenUpAt, draw.givenUp.at)
      );
    default:
      return said satisfies never;
  }
}

function isSameTime(a: string, b: string | null): boolean {
  return b !== null && Date.parse(a) === Date.parse(b);
}

function isSameBeacon(a: DrawStart['beacon'], b: DrawStart['beacon']): boolean {
  return (
    a.kind === b.kind &&
    a.chain === b.chain &&
    a.publicKey === b.publicKey &&
    a.round === b.round &&
    a.roundAtMs === b.roundAtMs
  );
}
