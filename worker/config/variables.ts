/**
 * Every variable and secret of the shop's Worker: what it means, what it must look like, and who
 * uses it. Validation, the messages and docs/configuration.md are made from it. Reads nothing itself.
 */
import * as z from 'zod';
import { LOCATIONS, type VariableTable } from '../../data-api/environment.ts';
import { DATA_API_VARIABLES } from './data-api-variables.ts';
import { DRAW_VARIABLES } from './draw-variables.ts';
import { MAIL_VARIABLES } from './mail-variables.ts';
import { PAYMENT_VARIABLES } from './payment-variables.ts';
import { PUSH_VARIABLES } from './push-variables.ts';
import { SCRYPT_COST_DEFAULT, scryptCostSchema } from './scrypt-cost.ts';
import { SIGNING_VARIABLES } from './signing-keys.ts';
import { TAX_VARIABLES } from './tax-variables.ts';
import {
  isComplete,
  isHost,
  isOrigin,
  isPublicOrigin,
  listIn,
  mailboxIn,
  NAMED_MAILBOX,
} from './variable-forms.ts';

const JWT_SECRET_CHARS_MIN = 32;

const httpUrl = z.url({ protocol: /^https?$/ });
const onOrOff = z.enum(['on', 'off']);
const jwtSecret = z.string().regex(new RegExp(`^[^\\p{Cc}]{${JWT_SECRET_CHARS_MIN},}$`, 'u'));
const { n, r, p } = SCRYPT_COST_DEFAULT;

export const VARIABLES = {
  DATABASE_URL: {
    kind: 'secret',
    needed: 'always',
    meaning: 'The Postgres that decides about stock, as Neon gives its address.',
    form: 'postgres://user:password@host/database',
    usedIn: ['worker/stores/postgres/client.ts', 'local/migrate.ts', 'local/admin-create.ts'],
    schema: z.url({ protocol: /^postgres(ql)?$/ }).refine(isComplete),
  },
  DATABASE_ENDPOINT: {
    kind: 'variable',
    needed: 'never',
    meaning: 'Where Postgres answers SQL over HTTP, if not at Neon’s own address.',
    form: 'an http or https address',
    usedIn: ['worker/stores/postgres/client.ts'],
    schema: httpUrl,
  },
  ...DATA_API_VARIABLES,
  JWT_SECRET: {
    kind: 'secret',
    needed: 'always',
    meaning: 'Signs access tokens (HS256).',
    form: `at least ${JWT_SECRET_CHARS_MIN} characters, such as \`openssl rand -base64 32\` makes them`,
    usedIn: ['worker/auth/tokens.ts'],
    schema: jwtSecret,
  },
  JWT_SECRET_PREVIOUS: {
    kind: 'secret',
    needed: 'never',
    meaning: 'The secret before it, still accepted while tokens that it signed are about.',
    form: `at least ${JWT_SECRET_CHARS_MIN} characters`,
    usedIn: ['worker/auth/tokens.ts'],
    schema: jwtSecret,
  },
  EVENT_ID_SECRET: {
    kind: 'secret',
    needed: 'never',
    meaning:
      'Marks the ids of new events, so that invented ones are recognised without a look-up. Never changed.',
    form: `at least ${JWT_SECRET_CHARS_MIN} characters`,
    usedIn: ['worker/auth/event-digest.ts'],
    schema: jwtSecret,
  },
  ADDRESS_LIMITS: {
    kind: 'variable',
    needed: 'never',
    default: 'on',
    meaning:
      'Limits per address at the edge; off where everybody shares one, as on a developer’s machine.',
    form: '`on` or `off`',
    usedIn: ['worker/wiring.ts'],
    schema: onOrOff,
  },
  SHARED_CALLS: {
    kind: 'variable',
    needed: 'never',
    default: 'on',
    meaning:
      'Whether requests of one isolate may wait for each other’s calls; off costs speed and nothing else.',
    form: '`on` or `off`',
    usedIn: [
      'worker/sale/edge/batcher.ts',
      'worker/stores/cache/read-cache.ts',
      'worker/stores/postgres/known-ids.ts',
    ],
    schema: onOrOff,
  },
  OUTBOX_DISPATCH: {
    kind: 'variable',
    needed: 'never',
    default: 'on',
    meaning:
      'Whether this Worker works off the outbox, which is what sends mails: on in one Worker of a database. Two would keep a rate of mails each, and one without `MAIL_VIA` drops the mails of both. Rows are written in any case.',
    form: '`on` or `off`',
    usedIn: [
      'worker/wiring.ts',
      'worker/sale/object/sale-object.ts',
      'worker/outbox/object/outbox-object.ts',
    ],
    schema: onOrOff,
  },
  PUBLIC_URL: {
    kind: 'variable',
    needed: { withAny: ['MAIL_VIA', 'PAYMENT_VIA', 'VAPID_PRIVATE_KEY'] },
    meaning:
      'The shop’s own address, for all that must name it: canonical links, previews, `/sitemap.xml`, calendar entries, links in mails, where one returns to from the payment page. It is never taken from a request; without it they name none, and there is no sitemap.',
    form: 'an https origin without a path, such as `https://shop.example`, or an http one on this machine',
    usedIn: ['worker/pages/pages.ts', 'worker/pages/site-files.ts', 'worker/routes/events.ts'],
    schema: z.string().refine(isPublicOrigin),
  },
  PREVIEWS_URL: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Where the Worker in `previews/` draws pictures of reports: the link preview of a report names its picture there, at `/reports/{event}/{language}.png`. Without it the preview has the shop’s own picture, and `npm run deploy` leaves that Worker out.',
    form: 'as `PUBLIC_URL`',
    usedIn: ['client/shell/report-head.tsx'],
    schema: z.string().refine(isPublicOrigin),
  },
  SECURITY_CONTACT: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Whom `/.well-known/security.txt` names for reports of holes; without it, `security@` at the host of `PUBLIC_URL`.',
    form: 'a `mailto:` or https address',
    usedIn: ['worker/pages/site-files.ts'],
    schema: z.string().regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/[^\s/][^\s]*)$/),
  },
  ALLOWED_ORIGINS: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Other sites whose pages may call the API; without any, it is for this site’s own pages.',
    form: 'origins with commas between them, such as `https://shop.example`',
    usedIn: ['worker/http/pipeline/cross-origin.ts'],
    schema: z
      .string()
      .transform(listIn)
      .pipe(z.array(z.string().refine(isOrigin))),
  },
  CALENDAR_ORGANIZER: {
    kind: 'variable',
    needed: 'never',
    default: 'SwiftDrop <noreply@swiftdrop.invalid>',
    meaning:
      'Who holds the sales, as calendars show it: a name and the shop’s public e-mail address. Calendars may write to it; nothing answers at the default.',
    form: '`Name <address>`, such as `Lamp Shop <hello@shop.example>`',
    usedIn: ['worker/http/formats/calendar.ts'],
    schema: z.string().regex(NAMED_MAILBOX).transform(mailboxIn),
  },
  ALLOWED_HOSTS: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'The only hosts under which the shop answers, for a developer’s machine, where a page of any site could give it another name; without any, all that lead here.',
    form: 'hosts with commas between them, such as `localhost:8787`; without a port, at any',
    usedIn: ['worker/http/hosts.ts'],
    schema: z
      .string()
      .transform(listIn)
      .pipe(z.array(z.string().refine(isHost))),
  },
  SCRYPT_COST: {
    kind: 'variable',
    needed: 'never',
    default: `${n}:${r}:${p}`,
    meaning: 'What a password hash costs; raising it rehashes each password at its next login.',
    form: '`N:r:p` with N a power of two and N·r·p at most 1048576',
    usedIn: ['worker/auth/passwords.ts'],
    schema: scryptCostSchema,
  },
  HASHING_URL: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'A process of the same machine that hashes passwords, for a runtime that has one thread only; without it the shop’s own objects do.',
    form: 'an http address of this machine, such as `http://127.0.0.1:8790/`',
    usedIn: ['worker/auth/hash-pool.ts'],
    schema: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ }),
  },
  LOG_EVERYDAY_SHARE: {
    kind: 'variable',
    needed: 'never',
    default: '0.01',
    meaning:
      'The share of answered reads and of ordinary purchases that the log has a line for; each group has a line anyway.',
    form: 'a number from 0 to 1, such as `0.25`',
    usedIn: ['worker/http/pipeline/access-log.ts'],
    schema: z
      .string()
      .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/)
      .transform(Number),
  },
  METRICS_TOKEN: {
    kind: 'secret',
    needed: 'never',
    meaning:
      'The token that a request for `/api/v1/metrics` must show; without it there is no such route.',
    form: 'at least 32 letters, digits and `_.~+/=-`',
    usedIn: ['worker/routes/metrics.ts'],
    schema: z.string().regex(/^[\w.~+/=-]{32,}$/),
  },
  EVENT_LOCATION: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Where the objects of events made from now on live: the hint nearest to the database; passwords are hashed in a region beside it. Without it, both are near the first caller.',
    form: `one of ${LOCATIONS.map((location) => `\`${location}\``).join(', ')}`,
    usedIn: ['worker/wiring.ts', 'worker/sale/object/sale-object.ts'],
    schema: z.enum(LOCATIONS),
  },
  ...DRAW_VARIABLES,
  ...MAIL_VARIABLES,
  ...PAYMENT_VARIABLES,
  ...PUSH_VARIABLES,
  ...TAX_VARIABLES,
  ...SIGNING_VARIABLES,
} as const satisfies VariableTable;
