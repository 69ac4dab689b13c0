/** What a check found, and one's own entry as it found it. Must not check. */
import type { CheckResult } from './check/check-draw.ts';
import type { OwnEntry } from './check/own-entry.ts';
import { DRAW_TEXTS } from './texts/texts.ts';

/** Of what was pasted in place of a receipt: they say nothing of the draw. */
const OF_WHAT_WAS_PASTED: ReadonlySet<string> = new Set<keyof typeof DRAW_TEXTS.findings>([
  'receipt_malformed',
  'receipt_type_wrong',
  'receipt_of_other_event',
]);

export interface CheckOutcomeProps {
  readonly result: CheckResult;
  nameOf(eventItemId: string): string | undefined;
  timeOf(instant: string): string;
}

export function CheckOutcome({ result, nameOf, timeOf }: CheckOutcomeProps) {
  const { notes, own } = result;
  const pasted = result.findings.filter(({ code }) => OF_WHAT_WAS_PASTED.has(code));
  return (
    <>
      {ofDraw(result).length > 0 ? <Refused result={result} /> : <Right result={result} />}
      {pasted.map(({ code }) => (
        <p key={code} class="notice">
          {DRAW_TEXTS.findings[code]} {DRAW_TEXTS.pasteAgain}
        </p>
      ))}
      {notes.length > 0 && (
        <ul class="draw-notes">
          {notes.map((note) => (
            <li key={note}>{DRAW_TEXTS.notes[note]}</li>
          ))}
        </ul>
      )}
      {own.map((entry) => (
        <Own key={entry.entryId} entry={entry} item={nameOf(entry.eventItemId)} timeOf={timeOf} />
      ))}
    </>
  );
}

function ofDraw({ findings }: CheckResult): CheckResult['findings'] {
  return findings.filter(({ code }) => !OF_WHAT_WAS_PASTED.has(code));
}

/** In one sentence. */
export function verdictOf(result: CheckResult): string {
  const { notes } = result;
  if (ofDraw(result).length > 0) return DRAW_TEXTS.wrong;
  if (notes.includes('local_beacon')) return DRAW_TEXTS.rightLocal;
  if (notes.includes('signatures_unchecked')) return DRAW_TEXTS.rightIncomplete;
  return notes.includes('not_drawn') ? DRAW_TEXTS.rightSoFar : DRAW_TEXTS.right;
}

function Right({ result }: { result: CheckResult }) {
  const { records, entries, ranked, notes } = result;
  // What proves nothing is no good news.
  const isProof = !notes.includes('local_beacon');
  const { counted, countedRanks } = DRAW_TEXTS;
  return (
    <div class={`notice ${isProof && 'notice-good'}`}>
      <p class="notice-title">{verdictOf(result)}</p>
      <p>
        {counted(records, entries)} {ranked !== null && countedRanks(ranked)}
      </p>
    </div>
  );
}

function Refused({ result }: { result: CheckResult }) {
  return (
    <div class="notice draw-refused">
      <p class="notice-title">{verdictOf(result)}</p>
      <p>{DRAW_TEXTS.wrongLead}</p>
      <ul class="draw-findings">
        {ofDraw(result).map(({ code, seq }) => (
          <li key={code}>
            {DRAW_TEXTS.findings[code]} {seq !== undefined && DRAW_TEXTS.atRecord(seq)}{' '}
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface OwnProps {
  readonly entry: OwnEntry;
  readonly item: string | undefined;
  timeOf(instant: string): string;
}

function Own({ entry, item, timeOf }: OwnProps) {
  const { ownTitle, own: texts } = DRAW_TEXTS;
  const { place, hasLeft, outcome, isAsReceipt } = entry;
  const rank = hasLeft ? texts.left : place ? texts.rank(place.rank, place.of) : texts.noRank;
  return (
    <section class="draw-own" aria-label={ownTitle}>
      <h3>{ownTitle}</h3>
      {item && <p dir="auto">{item}</p>}
      <p class="draw-rank">{rank}</p>
      {isAsReceipt !== null && <p>{isAsReceipt ? texts.asReceipt : texts.notAsReceipt}</p>}
      {outcome && !hasLeft && place && <p>{texts.outcome[outcome]}</p>}
      <dl class="draw-facts">
        <div class="draw-fact-long">
          <dt>{texts.record(entry.seq, timeOf(entry.at))}</dt>
          <dd>
            <code class="draw-hash">{entry.entryId}</code>
          </dd>
        </div>
        <div class="draw-fact-long">
          <dt>{texts.head}</dt>
          <dd>
            <code class="draw-hash">{entry.head}</code>
          </dd>
        </div>
        {place && (
          <div class="draw-fact-long">
            <dt>{texts.score}</dt>
            <dd>
              <code class="draw-hash">{place.score}</code>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
