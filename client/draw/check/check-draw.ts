/**
 * Computes a draw again from its public data, by docs/fairness.md and by nothing that the shop claims of it.
 * Must not fetch anything.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Draw, DrawEntry, DrawStart } from '../../../worker/contract/draw.ts';
import type { DrawFinding } from '../../../worker/contract/draw-findings.ts';
import { checkPlan, isKnownBeacon } from './beacon.ts';
import { createChain } from './chain.ts';
import { recountOf } from './counts.ts';
import { createFindings, type Findings } from './findings.ts';
import { createKeys, type Keys } from './jws.ts';
import { lookForOwn, type OwnAsked, type OwnEntry } from './own-entry.ts';
import { checkResult } from './ranks.ts';
import { isRecord, parsed } from './shape.ts';
import { isDraw, isRecordLine } from './shapes.ts';
import { checkStatements } from './statements.ts';

const VERSION = 1;
const COUNTS_VERSION = 1;
/** Far more than any draw has. */
const RECORDS_MAX = 2_000_000;
/** After how many records it is told how far it is. */
const PROGRESS_RECORDS = 1_000;

/** What keeps a draw from being proven, without being wrong. */
export type CheckNote =
  /** Nothing is drawn yet, or never will be: what there is was checked. */
  | 'not_drawn'
  /** Nobody entered: there is nothing to prove. */
  | 'nobody_entered'
  /** The shop knows its own beacon's rounds in advance. */
  | 'local_beacon'
  /** The list is a little older than the draw; as long as people enter that may be. */
  | 'list_behind'
  /** The page did not come over https, so that its browser checks no signatures. */
  | 'signatures_unchecked';

export interface CheckInput {
  /** Of the event whose draw was asked for. */
  readonly eventId: string;
  /** The member `draw` of its public address. */
  readonly draw: unknown;
  /** The lines of its records, as they came. */
  readonly lines: AsyncIterable<string>;
  readonly jwks: unknown;
  readonly own?: OwnAsked;
  /** `crypto.subtle`; missing where a page has not come over https. */
  readonly subtle: SubtleCrypto | undefined;
  onProgress?(progress: { readonly records: number; readonly of: number }): void;
}

export interface CheckResult {
  /** Empty where all is right as far as `notes` let it be. */
  readonly findings: DrawFinding[];
  readonly notes: CheckNote[];
  /** What was counted and computed, as far as it came. */
  readonly records: number;
  readonly entries: number;
  readonly ranked: number | null;
  /** In hex. */
  readonly head: string | null;
  readonly seed: string | null;
  readonly ranking: string | null;
  readonly own: OwnEntry[];
}

export async function checkDraw(input: CheckInput): Promise<CheckResult> {
  const found = createFindings();
  const draw = readDraw(input.draw, found);
  const keys = createKeys(input.jwks, input.subtle);
  if (keys === undefined) found.add('keys_malformed');
  if (draw === undefined || keys === undefined) return ended(found);
  return draw.start === null
    ? checkEmpty(draw, input, found)
    : checkEntered({ draw, start: draw.start, keys }, input, found);
}

/** Nobody entered, so that nothing was chained. */
async function checkEmpty(draw: Draw, { lines }: CheckInput, found: Findings) {
  const isEmpty =
    draw.number === null && draw.head === null && draw.records === 0 && draw.entries === 0;
  const values = [draw.signature, draw.randomness, draw.seed, draw.ranking];
  found.expect(isEmpty && !draw.counts && draw.statements.length === 0, 'draw_malformed');
  if (values.some((value) => value !== null)) found.add('result_early');
  for await (const _ of lines) {
    // The first entry of a draw that is open may come between the two questions.
    if (draw.status !== 'open') found.add('records_differ');
    break;
  }
  return { ...ended(found), notes: ['nobody_entered'] satisfies CheckNote[] };
}

interface Entered {
  readonly draw: Draw;
  readonly start: DrawStart;
  readonly keys: Keys;
}

async function checkEntered(
  { draw, start, keys }: Entered,
  input: CheckInput,
  found: Findings,
): Promise<CheckResult> {
  const notes = new Set<CheckNote>();
  if (start.beacon.kind === 'local') notes.add('local_beacon');
  if (draw.status !== 'drawn') notes.add('not_drawn');
  checkPlan(start, draw, found);
  found.expect(draw.number === start.number, 'draw_malformed');
  found.expect(start.eventId === input.eventId, 'draw_of_other_event');
  const own = await lookForOwn(input.own ?? {}, { keys, eventId: start.eventId }, found);
  const chain = createChain(start, found);
  const recount = recountOf(draw, found);
  const take = (line: DrawEntry) => {
    chain.take(line);
    own.see(line);
    recount.take(line);
  };
  const isWhole = await readRecords({ draw, input, take }, found);
  // While people enter, the list may be a little older or newer than the draw.
  const isBehind = draw.status === 'open' && isWhole && chain.records() < draw.records;
  if (isBehind) notes.add('list_behind');
  else if (isWhole) chain.close(draw);
  if (isWhole) recount.close();
  const ranked = isWhole ? checkResult({ draw, start, chain }, found) : undefined;
  const isSigned = await checkStatements({ draw, start, keys }, found);
  if (!isSigned || !own.isChecked) notes.add('signatures_unchecked');
  return {
    own: own.close(ranked),
    findings: found.all(),
    notes: [...notes],
    records: chain.records(),
    entries: chain.entrants.size,
    ranked: ranked?.count ?? null,
    head: bytesToHex(chain.head()),
    seed: ranked?.seed ?? null,
    ranking: ranked?.ranking ?? null,
  };
}

interface Reading {
  readonly draw: Draw;
  readonly input: CheckInput;
  take(line: DrawEntry): void;
}

/** @returns false where it had to stop */
async function readRecords({ draw, input, take }: Reading, found: Findings): Promise<boolean> {
  if (draw.records > RECORDS_MAX) {
    found.add('too_many_records');
    return false;
  }
  let records = 0;
  for await (const text of input.lines) {
    if (records === draw.records) {
      // A list without end ends here too.
      if (draw.status !== 'open') found.add('records_differ');
      break;
    }
    records += 1;
    const line = parsed(text);
    if (!isRecordLine(line)) {
      found.add('record_malformed', records);
      return false;
    }
    take(line);
    if (records % PROGRESS_RECORDS === 0) input.onProgress?.({ records, of: draw.records });
  }
  return true;
}

function readDraw(draw: unknown, found: Findings): Draw | undefined {
  if (isRecord(draw) && (draw['version'] !== VERSION || hasUnknownCounts(draw['counts']))) {
    found.add('version_unknown');
    return undefined;
  }
  if (!isDraw(draw)) {
    found.add('draw_malformed');
    return undefined;
  }
  if (!isKnownBeacon(draw.beacon) || (draw.start && !isKnownBeacon(draw.start.beacon))) {
    found.add('beacon_unknown');
    return undefined;
  }
  return draw;
}

function hasUnknownCounts(counts: unknown): boolean {
  return isRecord(counts) && counts['version'] !== COUNTS_VERSION;
}

/** As far as it came before there was anything to compute. */
function ended(found: Findings): CheckResult {
  return {
    findings: found.all(),
    notes: [],
    records: 0,
    entries: 0,
    ranked: null,
    head: null,
    seed: null,
    ranking: null,
    own: [],
  };
}
