/** The adapter that the configuration names. */
import type { MailConfig } from '../../config/mail-config.ts';
import { createCloudflare, type EmailBinding } from './cloudflare.ts';
import { createFolder } from './folder.ts';
import { SEND_MS_MAX, type SendMail } from './mail.ts';
import type { Fetch } from './post-json.ts';
import { createResend } from './resend.ts';

/** @param ports `email` is there where the configuration names Cloudflare. */
export function sendMailBy(
  { route, from, replyTo }: MailConfig,
  { fetch, email }: { fetch: Fetch; email: EmailBinding | undefined },
): SendMail {
  const options = { sender: { from, replyTo }, timeoutMs: SEND_MS_MAX };
  switch (route.via) {
    case 'cloudflare':
      if (email === undefined) throw new Error('the binding EMAIL is missing');
      return createCloudflare({ binding: email, ...options });
    case 'resend':
      return createResend({ fetch, apiUrl: route.apiUrl, apiKey: route.apiKey, ...options });
    case 'folder':
      return createFolder({ fetch, url: route.url, ...options });
    default:
      return route satisfies never;
  }
}

/** Whether a mail that is sent again under its key is sent once; see the adapters. */
export function knowsKeys({ route }: MailConfig): boolean {
  return route.via !== 'cloudflare';
}
