import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createFolder } from '../worker/outbox/mail/folder.ts';
import { type MailFolderOptions, openMailFolder } from './mail-folder.ts';

const NOW_MS = Date.UTC(2026, 10, 29, 12);
const TOKEN = `${'i'.repeat(22)}.${'s'.repeat(43)}`;
const LINK = `http://localhost:8787/reset?token=${TOKEN}`;
const sender = {
  from: { name: 'Lämpchen, GmbH', email: 'shop@swiftdrop.invalid' },
  replyTo: 'help@swiftdrop.invalid',
};
const mail = {
  to: 'ada@example.com',
  subject:
    'Neues Passwort für Ihr Konto – innerhalb von 30 Minuten, sonst gilt der Link nicht mehr',
  text: `Grüße.\n\n${LINK}\n`,
  html: `<p>Grüße. <a href="${LINK}">Neu</a></p>`,
};

let folder = '';
let printed: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'swiftdrop-mail-'));
  printed = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function open(options: Partial<MailFolderOptions> = {}) {
  const ports = { print: (line: string) => void printed.push(line), nowMs: () => NOW_MS };
  const opened = await openMailFolder({ folder, ...ports, ...options });
  onTestFinished(() => opened.close());
  const send = createFolder({ fetch, url: opened.url, sender, timeoutMs: 10_000 });
  return { ...opened, send };
}

async function files(): Promise<string[]> {
  return (await readdir(folder)).toSorted();
}

async function only(): Promise<string> {
  const [name = '', ...others] = await files();
  expect(others).toEqual([]);
  return readFile(join(folder, name), 'utf8');
}

async function statusOf(at: string, init: RequestInit): Promise<number> {
  return (await fetch(at, { method: 'POST', ...init })).status;
}

/** Header lines, each with what it is folded into. */
function headersOf(eml: string): string[] {
  const [head = ''] = eml.split('\r\n\r\n');
  return head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
}

describe('the folder of mails', () => {
  it('has a file for each mail that its owner alone may read, with the link as it is', async () => {
    const { send } = await open();
    expect(await send(mail, 'k')).toEqual({ kind: 'done' });
    const eml = await only();
    expect(eml).toContain(LINK);
    expect(eml).toContain('Grüße.');
    const headers = headersOf(eml);
    expect(headers).toEqual(
      expect.arrayContaining(['To: ada@example.com', 'Reply-To: help@swiftdrop.invalid']),
    );
    expect(headers.find((one) => one.startsWith('From: '))).toMatch(
      /^From: =\?UTF-8\?.+\?= <shop@swiftdrop\.invalid>$/,
    );
    expect(headers.find((one) => one.startsWith('Subject: '))).toMatch(/^[\x20-\x7e]+$/);
    const [name = ''] = await files();
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    for (const line of eml.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThan(999);
  });

  it('prints one line for each, with whom it is for, its subject and its link', async () => {
    const { send } = await open();
    await send(mail, 'k');
    await send({ ...mail, text: 'No link.' }, 'other');
    expect(printed).toEqual([
      `Mail to ada@example.com: ${mail.subject} ${LINK}`,
      `Mail to ada@example.com: ${mail.subject}`,
    ]);
  });

  it('keeps one file for one key, also when it is sent at once or after a restart', async () => {
    const { send } = await open();
    await Promise.all([send(mail, 'k'), send(mail, 'k'), send(mail, 'k')]);
    const again = await open();
    expect(await again.send({ ...mail, subject: 'Changed' }, 'k')).toEqual({ kind: 'done' });
    expect(await files()).toHaveLength(1);
    expect(printed).toHaveLength(1);
  });

  it('sorts by time, also within one millisecond', async () => {
    const { send } = await open();
    const subjects = Array.from({ length: 12 }, (_, n) => `mail ${n}`);
    for (const subject of subjects) await send({ ...mail, subject }, subject);
    const texts = await Promise.all(
      (await files()).map((name) => readFile(join(folder, name), 'utf8')),
    );
    expect(texts.map((eml) => /^Subject: (.*)\r$/m.exec(eml)?.[1])).toEqual(subjects);
  });

  it('keeps the newest ones up to its limit, and what is no mail', async () => {
    await writeFile(join(folder, 'notes.txt'), '');
    const { send } = await open({ filesMax: 3 });
    for (let n = 0; n < 5; n++) await send({ ...mail, subject: `mail ${n}` }, `${n}`);
    const names = await files();
    expect(names).toHaveLength(4);
    expect(names).toContain('notes.txt');
    const [oldest = ''] = names;
    expect(await readFile(join(folder, oldest), 'utf8')).toContain('Subject: mail 2\r\n');
  });

  it.each([
    { subject: 'Hello\r\nBcc: eve@example.com' },
    { subject: 'Hello\u2028there' },
    { subject: '\u001b[2J' },
    { to: 'ada@example.com\nBcc: eve@example.com' },
    { to: 'ada@example.com, eve@example.com' },
    { to: '"ada" <eve@example.com>' },
    { headers: { 'X-Note': 'a\r\nBcc: eve@example.com' } },
    { headers: { 'X-Note: a\r\nBcc': 'eve@example.com' } },
  ])('refuses a mail that could add a header, a recipient or a command: %j', async (wrong) => {
    const { send } = await open();
    expect(await send({ ...mail, ...wrong }, 'k')).toMatchObject({ kind: 'refused' });
    expect(await files()).toEqual([]);
    expect(printed).toEqual([]);
  });

  it('keeps the headers that a mail brings', async () => {
    const { send } = await open();
    const off = `<${LINK.replace('/reset', '/api/v1/reminders/off')}>`;
    const headers = {
      'List-Unsubscribe': off,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    };
    await send({ ...mail, headers }, 'k');
    const lines = headersOf(await only());
    expect(lines).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(lines.find((one) => one.startsWith('List-Unsubscribe: '))?.replaceAll(' ', '')).toBe(
      `List-Unsubscribe:${off}`,
    );
  });

  it('folds a line that is longer than a mail may have', async () => {
    const { send } = await open();
    await send({ ...mail, text: 'ü'.repeat(2_000) }, 'k');
    for (const line of (await only()).split('\r\n'))
      expect(Buffer.byteLength(line)).toBeLessThan(999);
  });

  it('takes nothing from a web page, at another path, or that is longer than a mail', async () => {
    const { url } = await open();
    const body = JSON.stringify({ ...mail, ...sender, key: 'k' });
    expect(await statusOf(url, { body, headers: { Origin: 'https://evil.example' } })).toBe(403);
    expect(await statusOf(new URL('/', url).href, { body })).toBe(404);
    expect(await statusOf(url, { body: 'no json' })).toBe(400);
    const long = JSON.stringify({ ...mail, ...sender, key: 'k', text: 'x'.repeat(1_100_000) });
    expect(await statusOf(url, { body: long })).toBe(400);
    expect(await files()).toEqual([]);
    expect(await statusOf(url, { body })).toBe(204);
  });

  it('is found again where it was', async () => {
    const key = 'a-key-that-is-kept';
    const first = await openMailFolder({ folder, print: () => {}, nowMs: () => NOW_MS });
    const port = Number(new URL(first.url).port);
    await first.close();
    expect((await open({ place: { port, key } })).url).toBe(`http://127.0.0.1:${port}/${key}`);
  });

  it('explains a folder that cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    const opened = openMailFolder({
      folder: join(folder, 'file', 'mail'),
      print: () => {},
      nowMs: () => NOW_MS,
    });
    await expect(opened).rejects.toMatchObject({ name: 'UserError' });
  });
});
