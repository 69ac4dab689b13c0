/**
 * The shop's mails on this machine: takes them from the Worker over HTTP, at an address that nobody can
 * guess, and keeps each as a file. Nothing leaves the machine.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { writePrivately } from './data-folder.ts';
import {
  emlOf,
  fileNameEndOf,
  fileNameOf,
  type LocalMail,
  lineOf,
  mailSchema,
} from './mail-file.ts';
import { callerFault } from './neon/local-callers.ts';
import { messageOf, UserError } from './user-error.ts';

const HOST = '127.0.0.1';
const KEY_BYTES = 24;
const FOLDER_MODE = 0o700;
/** The oldest go first. */
export const FILES_MAX = 1_000;
const BODY_BYTES_MAX = 1_024 * 1_024;

export interface MailFolder {
  /** What the Worker is given as MAIL_FOLDER_URL. */
  url: string;
  close(): Promise<void>;
}

/** Where it is to be found again; by default at a free port, with a new key. */
export interface MailFolderPlace {
  port: number;
  key: string;
}

export interface MailFolderOptions {
  folder: string;
  place?: MailFolderPlace | undefined;
  print(line: string): void;
  nowMs(): number;
  /** Kept; FILES_MAX by default. */
  filesMax?: number;
}

/** @throws UserError if the folder cannot be made. */
export async function openMailFolder(options: MailFolderOptions): Promise<MailFolder> {
  const { folder } = options;
  const { port, key } = options.place ?? {
    port: 0,
    key: randomBytes(KEY_BYTES).toString('base64url'),
  };
  try {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  } catch (error) {
    throw new UserError(`Mails cannot be kept in ${folder}: ${messageOf(error)}`);
  }
  const keep = createKeeper(options);
  const server = createServer((request, response) => {
    answer(request, `/${key}`, keep).then(
      (status) => response.writeHead(status).end(),
      (error: unknown) => {
        console.error(`A mail was not kept: ${messageOf(error)}`);
        response.writeHead(500).end();
      },
    );
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://${HOST}:${address.port}/${key}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Keep = (mail: LocalMail) => Promise<void>;

/** @returns the status of the answer. */
async function answer(request: IncomingMessage, path: string, keep: Keep): Promise<number> {
  if (callerFault(request.headers) !== undefined) return 403;
  if (request.method !== 'POST' || request.url !== path) return 404;
  const text = await bodyOf(request);
  if (text === undefined) return 400;
  const mail = mailSchema.safeParse(parse(text));
  if (!mail.success) return 400;
  await keep(mail.data);
  return 204;
}

/** Undefined where it is longer than a mail. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  return bytes > BODY_BYTES_MAX ? undefined : Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One mail after the other, so that each has a time of its own and a repeat finds the first. */
function createKeeper(options: MailFolderOptions): Keep {
  let last: Promise<unknown> = Promise.resolve();
  let lastMs = 0;
  return (mail) => {
    const kept = last.then(async () => {
      lastMs = Math.max(options.nowMs(), lastMs + 1);
      await keepOne(mail, lastMs, options);
    });
    last = kept.catch(() => {});
    return kept;
  };
}

async function keepOne(mail: LocalMail, atMs: number, options: MailFolderOptions): Promise<void> {
  const { folder, print, filesMax = FILES_MAX } = options;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).toSorted();
  if (names.some((name) => name.endsWith(fileNameEndOf(mail)))) return;
  await writePrivately(join(folder, fileNameOf(mail, atMs)), await emlOf(mail, atMs));
  print(lineOf(mail));
  const surplus = names.slice(0, Math.max(names.length + 1 - filesMax, 0));
  for (const name of surplus) await rm(join(folder, name), { force: true });
}
