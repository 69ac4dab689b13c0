/** The forms that variables' texts may have, and their values. Pure; knows no variable by its name. */

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The driver throws where one of these is missing, and not before the first query. */
export function isComplete(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password, hostname, pathname } = new URL(url);
  return [username, password, hostname, pathname.slice(1)].every((part) => part !== '');
}

export function organizerIn(text: string): { name: string; email: string } {
  const [called = '', email = ''] = text.slice(0, -1).split(' <');
  return { name: called.trim(), email };
}

export function listIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
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
