/** What the variables say about mail, as one value: all of it, or none. Pure. */
import type { Values } from '../../data-api/environment.ts';
import type { MAIL_VARIABLES } from './mail-variables.ts';

export interface MailConfig {
  route: MailRoute;
  from: { name: string; email: string };
  /** Undefined where answers go to the sender. */
  replyTo: string | undefined;
  /** The shop's own address, to which links lead. */
  publicUrl: string;
  /** Mails that may leave in one second. */
  perSecondMax: number;
  /** Mails that may leave in any 24 hours; undefined for as many as the provider takes. */
  perDayMax: number | undefined;
}

/** By what mails leave. */
export type MailRoute =
  | { via: 'cloudflare' }
  | { via: 'resend'; apiUrl: string; apiKey: string }
  | { via: 'folder'; url: string };

type Given = Values<typeof MAIL_VARIABLES> & { PUBLIC_URL: string | undefined };

/** Undefined where the shop sends none. `given` is free of faults. */
export function mailOf(given: Given): MailConfig | undefined {
  const { MAIL_FROM: from, PUBLIC_URL: publicUrl } = given;
  const route = routeOf(given);
  if (route === undefined || from === undefined || publicUrl === undefined) return undefined;
  return {
    route,
    from,
    replyTo: given.MAIL_REPLY_TO,
    publicUrl,
    perSecondMax: given.MAIL_PER_SECOND_MAX,
    perDayMax: given.MAIL_PER_DAY_MAX,
  };
}

function routeOf(given: Given): MailRoute | undefined {
  const { MAIL_VIA: via, MAIL_API_KEY: apiKey, MAIL_FOLDER_URL: url } = given;
  switch (via) {
    case 'cloudflare':
      return { via };
    case 'resend':
      return apiKey === undefined ? undefined : { via, apiUrl: given.MAIL_API_URL, apiKey };
    case 'folder':
      return url === undefined ? undefined : { via, url };
    case undefined:
      return undefined;
    default:
      return via satisfies never;
  }
}
