/** The port through which mails leave, and what a mail is. */
import type { TryOutcome } from '../rules/outcome.ts';

export interface Mail {
  /** One address. */
  to: string;
  /** One line. */
  subject: string;
  text: string;
  /** A whole document. */
  html: string;
  /** Beyond those that the adapter writes, such as `List-Unsubscribe`. */
  headers?: Record<string, string>;
}

/**
 * Sends one mail. Never throws: an answer that was lost is `failed`, and the mail may have been sent.
 * @param key the same at each try of one mail; a provider that knows keys sends it once.
 */
export type SendMail = (mail: Mail, key: string) => Promise<TryOutcome>;
