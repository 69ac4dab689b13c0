/**
 * `.dev.vars`, which plain `wrangler dev` reads: a block in it that `npm run services` writes, and
 * whatever a developer wrote, which is never changed. Reads and writes no file itself.
 */
import { createHash } from 'node:crypto';
import { parseEnv } from 'node:util';
import type { Places } from './backing-services.ts';

const BEGIN =
  '# Written by `npm run services` at each start; lines of your own go above or below. Check:';
const END = '# End of what `npm run services` wrote.';
const CHECK_CHARS = 16;
/** A shorter one was thought of by somebody, and is not taken for a random one. */
const SECRET_CHARS_MIN = 32;
/** Where one has another value than the services, the Worker does not reach them, or does what is others' to do. */
const MUST_FIT = new Set([
  'DATABASE_URL',
  'DATABASE_ENDPOINT',
  'DATA_API_URL',
  'DATA_API_KEY',
  'HASHING_URL',
  'MAIL_FOLDER_URL',
  'OUTBOX_DISPATCH',
  'STRIPE_API_URL',
]);

type Variables = Record<string, string>;

export type Merged =
  /** Names in `kept` are set by the developer, outside of the block. */
  | { kind: 'ours'; text: string; kept: string[] }
  /** The developer wrote the file, or changed the block: it stays. `lacking` is what it needs. */
  | { kind: 'theirs'; lacking: Variables };

/** @param text of the file, empty where there is none */
export function mergeDevVars(text: string, variables: Variables): Merged {
  if (text.trim() === '') return { kind: 'ours', text: blockOf(variables), kept: [] };
  const found = findBlock(text);
  if (found === undefined) return { kind: 'theirs', lacking: lackingIn(parse(text), variables) };
  const theirs = parse(found.before + found.after);
  const kept = Object.keys(variables).filter((name) => name in theirs);
  const others = Object.entries(variables).filter(([name]) => !(name in theirs));
  const block = blockOf(Object.fromEntries(others));
  return { kind: 'ours', text: found.before + block + found.after, kept };
}

/** Of a value that the services have too, whether the Worker would not reach them by this one. */
export function lackingIn(theirs: Variables, variables: Variables): Variables {
  return Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => {
      const given = theirs[name];
      return given === undefined || (MUST_FIT.has(name) && given !== value);
    }),
  );
}

/** Where the services were the last time, so that a Worker which runs finds them again. */
export function placesIn(text: string): Places {
  const variables = parse(text);
  const { DATABASE_URL, DATABASE_ENDPOINT, DATA_API_URL, DATA_API_KEY = '' } = variables;
  const { HASHING_URL, MAIL_FOLDER_URL, STRIPE_API_URL } = variables;
  const password = DATABASE_URL && URL.canParse(DATABASE_URL) ? new URL(DATABASE_URL).password : '';
  const database = { port: portOf(DATABASE_ENDPOINT), password: decodeURIComponent(password) };
  const documents = { port: portOf(DATA_API_URL), key: DATA_API_KEY };
  const hashing = { port: portOf(HASHING_URL), key: pathOf(HASHING_URL) };
  const mail = { port: portOf(MAIL_FOLDER_URL), key: pathOf(MAIL_FOLDER_URL) };
  const payments = { port: portOf(STRIPE_API_URL) };
  return {
    ...(database.port > 0 && database.password.length >= SECRET_CHARS_MIN && { database }),
    ...(documents.port > 0 && documents.key.length >= SECRET_CHARS_MIN && { documents }),
    ...(hashing.port > 0 && hashing.key.length >= SECRET_CHARS_MIN && { hashing }),
    ...(mail.port > 0 && mail.key.length >= SECRET_CHARS_MIN && { mail }),
    ...(payments.port > 0 && { payments }),
  };
}

export function linesOf(variables: Variables): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('');
}

/** The checksum shows whether somebody has changed a line since. */
function blockOf(variables: Variables): string {
  const lines = linesOf(variables);
  return `${BEGIN} ${checkOf(lines)}\n${lines}${END}\n`;
}

function findBlock(text: string): { before: string; after: string } | undefined {
  const beginsAt = text.indexOf(BEGIN);
  const endsAt = text.indexOf(END, beginsAt);
  if (beginsAt < 0 || endsAt < 0) return undefined;
  const [first = '', ...lines] = text.slice(beginsAt, endsAt).split('\n');
  if (first !== `${BEGIN} ${checkOf(lines.join('\n'))}`) return undefined;
  const after = text.slice(endsAt + END.length).replace(/^\n/, '');
  return { before: text.slice(0, beginsAt), after };
}

function checkOf(lines: string): string {
  return createHash('sha256').update(lines).digest('hex').slice(0, CHECK_CHARS);
}

function parse(text: string): Variables {
  return parseEnv(text) as Variables;
}

function portOf(url: string | undefined): number {
  if (url === undefined || !URL.canParse(url)) return 0;
  const { hostname, port } = new URL(url);
  return hostname === '127.0.0.1' ? Number(port) : 0;
}

function pathOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).pathname.slice(1) : '';
}
