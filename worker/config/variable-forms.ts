/** The forms that variables' texts may have, and their values. Pure; knows no variable by its name. */

const WEBHOOK_SECRET_BYTES_MIN = 24;
const WEBHOOK_SECRET_BYTES_MAX = 64;
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The driver throws where one of these is missing, and not before the first query. */
export function isComplete(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password, hostname, pathname } = new URL(url);
  return [username, password, hostname, pathname.slice(1)].every((part) => part !== '');
}

/** `Name <address>`, in which neither can end a header line. */
export const NAMED_MAILBOX = /^[^"<>\p{Cc}]{1,63} <[\w.+-]{1,64}@[A-Za-z0-9.-]{1,190}>$/u;

/** @param text of the form NAMED_MAILBOX. */
export function mailboxIn(text: string): { name: string; email: string } {
  const [called = '', email = ''] = text.slice(0, -1).split(' <');
  return { name: called.trim(), email };
}

export function listIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A signing key as Standard Webhooks writes it. */
export function isWebhookSecret(text: string): boolean {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (encoded === undefined || encoded.length % 4 !== 0) return false;
  const bytes = (encoded.replace(/=+$/, '').length * 3) >> 2;
  return bytes >= WEBHOOK_SECRET_BYTES_MIN && bytes <= WEBHOOK_SECRET_BYTES_MAX;
}

/** A host as a URL has it: in lower case, without the default port, no path and no wildcard. */
export function isHost(text: string): boolean {
  const url = `http://${text}`;
  return !text.includes('*') && URL.canParse(url) && new URL(url).host === text;
}

/** An address given to others: with https, except for a shop on the reader's own machine. */
export function isPublicOrigin(text: string): boolean {
  if (!isOrigin(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || LOOPBACK_HOSTS.has(hostname);
}

/** An origin exactly as a browser sends it: no path, no default port, no wildcard. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
