/** The variables of a draw's beacon; part of the table in variables.ts. Reads nothing itself. */
import * as z from 'zod';
import type { Values, VariableTable } from '../../data-api/environment.ts';
import type { BeaconKind } from '../contract/draw.ts';
import { isPublicOrigin, listIn } from './variable-forms.ts';

const LEAD_SECONDS_MIN = 1;
const LEAD_SECONDS_MAX = 3_600;
/** With a public beacon never less: its round must not be known to anybody while one may enter. */
const PUBLIC_LEAD_SECONDS_MIN = 30;
const LEAD_SECONDS: Record<BeaconKind, number> = { drand: 40, local: 5 };
const RELAYS_MAX = 10;
const PUBLIC_RELAYS = [
  'https://api.drand.sh',
  'https://api2.drand.sh',
  'https://api3.drand.sh',
  'https://drand.cloudflare.com',
] as const;

export interface DrawConfig {
  /** By which draws are made that are planned from now on. */
  beacon: BeaconKind;
  /** Where a public beacon is asked; never empty. */
  publicRelays: readonly string[];
  /** Where the shop's own beacon is asked; empty: it answers itself. */
  localRelays: readonly string[];
  /** How long before its opening the entries of a draw close. */
  leadSeconds: number;
}

export const DRAW_VARIABLES = {
  DRAW_BEACON: {
    kind: 'variable',
    needed: 'never',
    default: 'local',
    meaning:
      'What decides the order of draws that are planned from now on. `drand` is a public beacon that nobody can foresee. `local` is one of this shop’s own, made of `JWT_SECRET`: whoever has that secret knows each order in advance, so it proves nothing to outsiders.',
    form: '`drand` or `local`',
    usedIn: ['worker/config/draw-variables.ts', 'worker/draw/object/beacon-object.ts'],
    schema: z.enum(['drand', 'local']),
  },
  DRAW_RELAYS: {
    kind: 'variable',
    needed: 'never',
    meaning: `Where the beacon of \`DRAW_BEACON\` is asked, in turn; what they answer is checked, so none of them has to be trusted. Without it, ${PUBLIC_RELAYS.map((relay) => `\`${relay}\``).join(', ')} for \`drand\`, and the shop itself for \`local\`.`,
    form: `up to ${RELAYS_MAX} https origins with commas between them, or http ones on this machine`,
    usedIn: ['worker/draw/relays.ts', 'worker/draw/object/beacon-object.ts'],
    schema: z
      .string()
      .transform(listIn)
      .pipe(z.array(z.string().refine(isPublicOrigin)).max(RELAYS_MAX)),
  },
  DRAW_LEAD_SECONDS: {
    kind: 'variable',
    needed: 'never',
    meaning: `How long before its opening entries of a draw close, for events that are planned from now on: longer than the shop’s clock may be wrong, and than it may take to store the last entries. Without it, ${LEAD_SECONDS.drand} for \`drand\` and ${LEAD_SECONDS.local} for \`local\`; for \`drand\` never less than ${PUBLIC_LEAD_SECONDS_MIN}.`,
    form: `a whole number from ${LEAD_SECONDS_MIN} to ${LEAD_SECONDS_MAX}`,
    usedIn: ['worker/config/draw-variables.ts', 'worker/routes/admin/event-plan-input.ts'],
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(z.int().min(LEAD_SECONDS_MIN).max(LEAD_SECONDS_MAX)),
  },
} as const satisfies VariableTable;

/** `given` is free of faults. */
export function drawOf(given: Values<typeof DRAW_VARIABLES>): DrawConfig {
  const { DRAW_BEACON: beacon, DRAW_RELAYS: relays = [], DRAW_LEAD_SECONDS } = given;
  const leadSeconds = DRAW_LEAD_SECONDS ?? LEAD_SECONDS[beacon];
  return {
    beacon,
    publicRelays: beacon === 'drand' && relays.length > 0 ? relays : PUBLIC_RELAYS,
    localRelays: beacon === 'local' ? relays : [],
    leadSeconds: beacon === 'drand' ? Math.max(leadSeconds, PUBLIC_LEAD_SECONDS_MIN) : leadSeconds,
  };
}
