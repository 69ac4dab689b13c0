/** The variables of push notifications; part of the table in variables.ts. Reads nothing itself. */
import { Buffer } from 'node:buffer';
import * as z from 'zod';
import type { Values, VariableTable } from '../../data-api/environment.ts';
import { type SigningKey, signingKeyOf } from './signing-keys.ts';
import { isHost, isPublicOrigin, listIn } from './variable-forms.ts';

/** Of the browsers that there are: Chrome and its kin, Firefox, Edge, Safari. */
const SERVICES = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
] as const;
const SERVICES_MAX = 20;
const ANY_BELOW = '*.';

export interface PushConfig {
  /** Tells push services that it is this shop which sends. */
  key: SigningKey & { d: string };
  /** The public part, as browsers are given it: an uncompressed point in base64url. */
  publicKey: string;
  /** Where push services find whoever sends: the shop’s own address. */
  subject: string;
  /** Where notifications may be sent; of the form of PUSH_SERVICES. */
  services: readonly string[];
}

export const PUSH_VARIABLES = {
  VAPID_PRIVATE_KEY: {
    kind: 'secret',
    needed: 'never',
    meaning:
      'Tells the push services of browsers that it is this shop which sends (VAPID, RFC 8292). Without it the shop offers no notifications. With another one, every device has to be switched on anew.',
    form: '32 bytes in base64url, without `=`, such as `openssl rand -base64 32 | tr "+/" "-_" | tr -d "="` makes them',
    usedIn: ['worker/outbox/push/send-push.ts', 'worker/wiring.ts'],
    schema: z
      .string()
      .regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/)
      .refine(isPrivateKey),
  },
  PUSH_SERVICES: {
    kind: 'variable',
    needed: 'never',
    default: SERVICES.join(', '),
    meaning:
      'The push services to which notifications may be sent: a browser names its own, so a call of the shop goes to no other host.',
    form: `up to ${SERVICES_MAX} hosts with commas between them, \`*.\` for all below one; or an http origin on this machine, for tests`,
    usedIn: ['worker/wiring.ts', 'worker/outbox/push/send-push.ts'],
    schema: z
      .string()
      .transform(listIn)
      .pipe(z.array(z.string().refine(isService)).min(1).max(SERVICES_MAX)),
  },
} as const satisfies VariableTable;

/** `given` is free of faults. */
export function pushOf(
  given: Values<typeof PUSH_VARIABLES> & { PUBLIC_URL: string | undefined },
): PushConfig | undefined {
  const { VAPID_PRIVATE_KEY: text, PUSH_SERVICES: services, PUBLIC_URL: subject } = given;
  if (text === undefined || subject === undefined) return undefined;
  const key = signingKeyOf(Buffer.from(text, 'base64url'));
  const parts = [Buffer.of(4), Buffer.from(key.x, 'base64url'), Buffer.from(key.y, 'base64url')];
  return { key, publicKey: Buffer.concat(parts).toString('base64url'), subject, services };
}

/** Whether an address that a browser named is one of a push service. */
export function isOfService(endpoint: string, services: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, origin, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') return false;
  if (protocol !== 'https:') return services.includes(origin);
  if (port !== '') return false;
  return services.some((service) =>
    service.startsWith(ANY_BELOW)
      ? hostname.endsWith(service.slice(ANY_BELOW.length - 1))
      : hostname === service,
  );
}

function isService(text: string): boolean {
  if (text.startsWith('http:')) return isPublicOrigin(text);
  const host = text.startsWith(ANY_BELOW) ? text.slice(ANY_BELOW.length) : text;
  return isHost(host) && host.includes('.') && !host.includes(':');
}

function isPrivateKey(text: string): boolean {
  try {
    signingKeyOf(Buffer.from(text, 'base64url'));
    return true;
  } catch {
    return false;
  }
}
