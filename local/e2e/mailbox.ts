/** What the shop of the tests has mailed, read from the files in its data folder. Must not send any. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { eventually } from './sale-setup.ts';

export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  /** The part without markup. */
  readonly text: string;
  /** Where a mail program turns it off with one press, see RFC 8058; empty where it cannot. */
  readonly oneClickUrl: string;
}

/** Waits for a mail to an address whose text fits. */
export async function mailTo(email: string, fitting: RegExp): Promise<ReceivedMail> {
  const found = await eventually(
    async () => (await mailsTo(email)).findLast(({ text }) => fitting.test(text)),
    (mail) => mail !== undefined,
  );
  if (found === undefined) throw new Error(`no mail to ${email} fits ${fitting}`);
  return found;
}

/** The path and query of the link in a mail that leads to a page. */
export function linkIn({ text }: ReceivedMail, page: string): string {
  const [url] = new RegExp(`https?://\\S+${page}\\?token=[\\w.%-]+`).exec(text) ?? [];
  if (url === undefined) throw new Error(`the mail has no link to ${page}: ${text}`);
  const { pathname, search } = new URL(url);
  return pathname + search;
}

async function mailsTo(email: string): Promise<ReceivedMail[]> {
  const folder = inject('mailFolder');
  // Named by their time; the folder is made with the first one.
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    names.toSorted().map(async (name) => parse(await readFile(join(folder, name), 'utf8'))),
  );
  return mails.filter(({ to }) => to.includes(email));
}

function parse(source: string): ReceivedMail {
  const whole = splitPart(source.replaceAll('\r\n', '\n'));
  const boundary = /boundary="?([^";\n]+)/i.exec(whole.headers.get('content-type') ?? '')?.[1];
  const parts = boundary ? whole.body.split(`--${boundary}`).map(splitPart) : [whole];
  const plain = parts.find(({ headers }) => headers.get('content-type')?.includes('text/plain'));
  return {
    to: whole.headers.get('to') ?? '',
    subject: whole.headers.get('subject') ?? '',
    text: plain ? decoded(plain) : '',
    oneClickUrl: whole.headers.has('list-unsubscribe-post')
      ? (whole.headers.get('list-unsubscribe') ?? '').replaceAll(/[<>\s]/g, '')
      : '',
  };
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

function splitPart(source: string): Part {
  const [head = '', ...rest] = source.replace(/^\n/, '').split('\n\n');
  // A line that begins with a space goes on with the one before.
  const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { headers: new Map(headers), body: rest.join('\n\n') };
}

function decoded({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
