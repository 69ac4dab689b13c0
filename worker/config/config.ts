/** Configuration: the Worker's variables and secrets, checked once, named when they are wrong. */
import {
  type ConfigFault,
  faultsIn,
  type LocationHint,
  type Values,
  valuesIn,
} from '../../data-api/environment.ts';
import type { TaxPlan } from '../contract/totals.ts';
import { type DrawConfig, drawOf } from './draw-variables.ts';
import { type MailConfig, mailOf } from './mail-config.ts';
import { type PaymentConfig, paymentOf } from './payment-config.ts';
import { type PushConfig, pushOf } from './push-variables.ts';
import type { ScryptCost } from './scrypt-cost.ts';
import type { SigningKey } from './signing-keys.ts';
import { VARIABLES } from './variables.ts';

export interface Config {
  databaseUrl: string;
  databaseEndpoint: string | undefined;
  /** Undefined where no MongoDB is configured: the shop sells without one. */
  dataApi: { url: string; key: string; dataSource: string; database: string } | undefined;
  jwtSecret: string;
  jwtSecretPrevious: string | undefined;
  /** Undefined where ids of events are not marked. */
  eventIdSecret: string | undefined;
  addressLimits: boolean;
  sharedCalls: boolean;
  /** Whether this Worker works off the outbox; it writes rows in any case. */
  dispatchesOutbox: boolean;
  /** Empty: the API is for pages of its own origin. */
  allowedOrigins: ReadonlySet<string>;
  /** Who holds the sales, as calendars show it. */
  organizer: { name: string; email: string };
  /** Empty: the shop answers under any host name. */
  allowedHosts: ReadonlySet<string>;
  /** The shop's own address, as `https://shop.example`; never taken from a request. */
  publicUrl: string | undefined;
  /** Where another Worker draws pictures of reports. */
  previewsUrl: string | undefined;
  securityContact: string | undefined;
  /** Undefined where the shop sends no mail. */
  mail: MailConfig | undefined;
  /** Signs the mail provider's reports; without it there is no such route. */
  mailWebhookSecret: string | undefined;
  /** Undefined where nobody takes the shop's money. */
  payment: PaymentConfig | undefined;
  /** Undefined where the shop sends no notifications. */
  push: PushConfig | undefined;
  tax: TaxPlan;
  /** For how long the address of a confirmed order is kept. */
  addressKeepDays: number;
  /** Undefined where one is made of the secret of the tokens. */
  drawSigningKeys: readonly SigningKey[] | undefined;
  /** What decides the order of a draw. */
  draw: DrawConfig;
  scryptCost: ScryptCost;
  /** A process on this machine that hashes passwords in place of the shop's objects. */
  hashingUrl: string | undefined;
  /** Of reads that were answered and purchases that ended by the rules, how many are logged: 0 to 1. */
  everydayLogShare: number;
  /** What whoever scrapes the metrics must show; without it there is no such route. */
  metricsToken: string | undefined;
  /** Options for getting an event's objects: with a location hint where there is one. */
  placement: { locationHint?: LocationHint };
}

/** Variables that are missing or malformed, by name and never by value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: ConfigFault[];

  constructor(faults: ConfigFault[]) {
    super(`missing or malformed: ${faults.map(({ name }) => name).join(', ')}`);
    this.faults = faults;
  }
}

/** @throws ConfigError naming every variable at fault. */
export function readConfig(env: object): Config {
  const faults = faultsIn(VARIABLES, env);
  if (faults.length > 0) throw new ConfigError(faults);
  const given = valuesIn(VARIABLES, env);
  const location = given.EVENT_LOCATION;
  return {
    databaseUrl: given.DATABASE_URL,
    databaseEndpoint: given.DATABASE_ENDPOINT,
    dataApi: dataApiOf(given),
    jwtSecret: given.JWT_SECRET,
    jwtSecretPrevious: given.JWT_SECRET_PREVIOUS,
    eventIdSecret: given.EVENT_ID_SECRET,
    addressLimits: given.ADDRESS_LIMITS === 'on',
    sharedCalls: given.SHARED_CALLS === 'on',
    dispatchesOutbox: given.OUTBOX_DISPATCH === 'on',
    allowedOrigins: new Set(given.ALLOWED_ORIGINS),
    organizer: given.CALENDAR_ORGANIZER,
    allowedHosts: new Set(given.ALLOWED_HOSTS),
    publicUrl: given.PUBLIC_URL,
    previewsUrl: given.PREVIEWS_URL,
    securityContact: given.SECURITY_CONTACT,
    mail: mailOf(given),
    mailWebhookSecret: given.MAIL_WEBHOOK_SECRET,
    payment: paymentOf(given),
    push: pushOf(given),
    tax: { mode: given.TAX_MODE, rates: given.TAX_RATES },
    addressKeepDays: given.ADDRESS_KEEP_DAYS,
    drawSigningKeys: given.DRAW_SIGNING_KEYS,
    draw: drawOf(given),
    scryptCost: given.SCRYPT_COST,
    hashingUrl: given.HASHING_URL,
    placement: location === undefined ? {} : { locationHint: location },
    everydayLogShare: given.LOG_EVERYDAY_SHARE,
    metricsToken: given.METRICS_TOKEN,
  };
}

function dataApiOf(given: Values<typeof VARIABLES>): Config['dataApi'] {
  const { DATA_API_URL: url, DATA_API_KEY: key } = given;
  if (url === undefined || key === undefined) return undefined;
  const { DATA_API_DATA_SOURCE: dataSource, DATA_API_DATABASE: database } = given;
  return { url, key, dataSource, database };
}
