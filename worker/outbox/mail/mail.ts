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
  /** The sender's name where it is not the configured one: without a double quote and control characters. */
  fromName?: string;
}

/** Of whom mails are. */
export interface Sender {
  from: { name: string; email: string };
  /** Undefined where answers go to the sender. */
  replyTo: string | undefined;
}

/** @returns the sender of one mail, and the mail as providers take it. */
export function addressed(
  { fromName, ...mail }: Mail,
  { from, replyTo }: Sender,
): { sender: Sender; mail: Omit<Mail, 'fromName'> } {
  return { sender: { from: { ...from, ...(fromName && { name: fromName }) }, replyTo }, mail };
}

/**
 * Sends one mail. Never throws: an answer that was lost is `failed`, and the mail may have been sent.
 * Where the receiver refuses the address for good, it is `dropped` as RECIPIENT_SUPPRESSED.
 * @param key the same at each try of one mail; a provider that knows keys sends it once.
 */
export type SendMail = (mail: Mail, key: string) => Promise<TryOutcome>;

/** Mail to the address came back before, or somebody complained there. */
export const RECIPIENT_SUPPRESSED = 'recipient_suppressed';

/** A try takes no longer; then the mail may have been sent. */
export const SEND_MS_MAX = 10_000;
/** Waited where a receiver asks for patience and does not say for how long. */
export const RATE_PAUSE_MS = 5_000;
/** The same where its quota of a day or a month is used up. */
export const QUOTA_PAUSE_MS = 60 * 60_000;
