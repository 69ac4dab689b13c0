/** A mail as an `.eml` file: its form on the wire, its name, and what the terminal shows of it. Writes nothing. */
import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import * as z from 'zod';

/** RFC 5322, 2.1.1; without the line's end. */
const LINE_BYTES_MAX = 998;
const KEY_CHARS = 16;

/** None of these may end a header line, or move the terminal's cursor. */
const line = z.string().regex(/^[^\p{Cc}\u2028\u2029]{1,998}$/u);
const address = z.string().regex(/^[^\s\p{Cc}<>,;"]{1,320}$/u);

/** What worker/outbox/mail/folder.ts sends. */
export const mailSchema = z.strictObject({
  to: address,
  from: z.strictObject({ name: line, email: address }),
  replyTo: address.optional(),
  subject: line,
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string().regex(/^[A-Za-z-]{1,76}$/), line).optional(),
  key: z.string().min(1),
});
export type LocalMail = z.infer<typeof mailSchema>;

/** @param atMs when it was sent, in milliseconds since the epoch. */
export async function emlOf(mail: LocalMail, atMs: number): Promise<Buffer> {
  const { to, from, replyTo, subject, text, html, headers } = mail;
  const composer = new MailComposer({
    from: { name: from.name, address: from.email },
    to: { name: '', address: to },
    ...(replyTo !== undefined && { replyTo: { name: '', address: replyTo } }),
    subject,
    text: textPartOf(text),
    html,
    ...(headers !== undefined && { headers }),
    date: new Date(atMs),
    messageId: `<${digestOf(mail)}@swiftdrop.local>`,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Names sort by time, and end the same for one key. @param atMs another one for each mail. */
export function fileNameOf(mail: LocalMail, atMs: number): string {
  return `${new Date(atMs).toISOString().replaceAll(':', '-')}${fileNameEndOf(mail)}`;
}

/** By which a mail that was written before is found. */
export function fileNameEndOf(mail: LocalMail): string {
  return `-${digestOf(mail).slice(0, KEY_CHARS)}.eml`;
}

/** One line for the terminal, with the first link of the text. */
export function lineOf({ to, subject, text }: LocalMail): string {
  const link = /https?:\/\/[\x21-\x7e]+/.exec(text)?.[0];
  return `Mail to ${to}: ${subject}${link === undefined ? '' : ` ${link}`}`;
}

function digestOf({ key }: LocalMail): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Unencoded, so that anybody can take a link from the file; with a line that is too long, folded. */
function textPartOf(text: string): string | { raw: string } {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.some((one) => Buffer.byteLength(one) > LINE_BYTES_MAX)) return text;
  const head = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', ''];
  return { raw: [...head, ...lines].join('\r\n') };
}
