/** Loads what a check needs from the addresses where everybody finds it. Must not judge it. */
import { type CheckInput, type CheckResult, checkDraw } from './check-draw.ts';
import { linesOf } from './lines.ts';
import type { OwnAsked } from './own-entry.ts';
import { isRecord, parsed } from './shape.ts';

export interface FetchPorts {
  fetch: typeof fetch;
  readonly subtle: SubtleCrypto | undefined;
}

export interface FetchedCheck {
  readonly eventId: string;
  readonly own: OwnAsked;
  onProgress: NonNullable<CheckInput['onProgress']>;
}

/** Of a draw and of a set of keys; the records are read line by line. */
const BODY_CHARS_MAX = 1_000_000;
/** How often a draw is read again that changed while it was read. */
const READS_MAX = 3;

/** @throws where something cannot be loaded */
export async function fetchAndCheck(
  { eventId, own, onProgress }: FetchedCheck,
  ports: FetchPorts,
): Promise<CheckResult> {
  const { subtle } = ports;
  const path = `/api/v1/events/${encodeURIComponent(eventId)}/draw`;
  let draw = await fetchDraw(path, ports);
  for (let reads = 1; ; reads++) {
    const [jwks, entries] = await Promise.all([
      fetchJson('/.well-known/jwks.json', ports),
      answered(`${path}/entries`, ports),
    ]);
    const lines = entries.body === null ? noLines() : linesOf(entries.body);
    const result = await checkDraw({ eventId, draw, lines, jwks, own, subtle, onProgress });
    if (result.findings.length === 0 || reads === READS_MAX) return result;
    // What changed between the requests is not held against it.
    const again = await fetchDraw(path, ports);
    if (JSON.stringify(again) === JSON.stringify(draw)) return result;
    draw = again;
  }
}

async function fetchDraw(path: string, ports: FetchPorts): Promise<unknown> {
  const answer = await fetchJson(path, ports);
  return isRecord(answer) ? answer['draw'] : undefined;
}

async function fetchJson(path: string, ports: FetchPorts): Promise<unknown> {
  const text = await (await answered(path, ports)).text();
  return text.length <= BODY_CHARS_MAX ? parsed(text) : undefined;
}

/** Asked anew each time, by its tag. */
async function answered(path: string, ports: FetchPorts): Promise<Response> {
  const answer = await ports.fetch(path, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
  return answer;
}

async function* noLines(): AsyncGenerator<string, void> {}
