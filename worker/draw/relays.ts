/**
 * Asks relays for a beacon's round, one after the other, until one has it. A relay can keep a round to itself for
 * a while and nothing worse: what it says counts only with the beacon's signature, which is checked here.
 */
import * as z from 'zod';
import type { NamedBeacon } from '../contract/draw.ts';
import { boundedText } from '../platform/bounded-text.ts';
import type { BeaconRound } from './beacon.ts';
import { verifyRound } from './bls.ts';

/** Longer than a relay takes that has the round; some keep a request until they have. */
const ANSWER_MS_MAX = 1_500;
/** An answer has about 250 bytes. */
const ANSWER_BYTES_MAX = 4_096;

/** Why an answer was of no use. `not_there`: 404, which they say until they have it. */
export type RelayFault =
  | 'not_there'
  | 'no_answer'
  | 'failed'
  | 'unreadable'
  | 'another_round'
  | 'wrong_signature';

export interface RelayReport {
  relay: string;
  fault: RelayFault;
}

export interface Relay {
  name: string;
  /** Never throws. @returns JSON as it came, or what was wrong. */
  ask(named: NamedBeacon): Promise<{ json: unknown } | { fault: RelayFault }>;
}

/** `randomness` is told too, and is not read: it is computed. */
const answerSchema = z.object({ round: z.int(), signature: z.string() });

/**
 * @param first the place of the relay that is asked first, so that not everybody asks the same one.
 * @param report hears what was wrong, where something was.
 * @returns undefined where none has it yet. Throws where the library cannot be loaded.
 */
export async function askRelays(
  relays: readonly Relay[],
  named: NamedBeacon,
  { first, report }: { first: number; report: (faults: RelayReport[]) => void },
): Promise<BeaconRound | undefined> {
  const faults: RelayReport[] = [];
  let round: BeaconRound | undefined;
  for (let n = 0; n < relays.length && round === undefined; n++) {
    const relay = relays[(first + n) % relays.length];
    if (relay === undefined) continue;
    const given = await verifiedBy(relay, named);
    if (typeof given === 'string') faults.push({ relay: relay.name, fault: given });
    else round = given;
  }
  if (faults.length > 0) report(faults);
  return round;
}

async function verifiedBy(relay: Relay, named: NamedBeacon): Promise<BeaconRound | RelayFault> {
  const answer = await relay.ask(named);
  if ('fault' in answer) return answer.fault;
  const { success, data } = answerSchema.safeParse(answer.json);
  if (!success) return 'unreadable';
  if (data.round !== named.round) return 'another_round';
  return (await verifyRound(named.publicKey, named.round, data.signature)) ?? 'wrong_signature';
}

/** One that speaks the HTTP API v1 of drand. @param origin without a path. */
export function httpRelay(
  origin: string,
  send: (url: string, init: RequestInit) => Promise<Response>,
): Relay {
  return {
    name: origin,
    async ask({ chain, round }) {
      try {
        const answer = await send(`${origin}/${chain}/public/${round}`, {
          headers: { Accept: 'application/json' },
          redirect: 'manual',
          signal: AbortSignal.timeout(ANSWER_MS_MAX),
        });
        const text = await boundedText(answer, ANSWER_BYTES_MAX);
        if (answer.status === 404) return { fault: 'not_there' };
        if (!answer.ok) return { fault: 'failed' };
        return text === undefined ? { fault: 'unreadable' } : jsonOf(text);
      } catch {
        return { fault: 'no_answer' };
      }
    },
  };
}

function jsonOf(text: string): { json: unknown } | { fault: RelayFault } {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { fault: 'unreadable' };
  }
}
