/**
 * The state of a local Stripe in a file, so that a restart forgets nothing. What changed is appended to a
 * journal before anybody is answered, and the journal is folded into the file in the end or when it has
 * grown long. So a killed process loses nothing; a power cut may cost the last moments.
 */
import { appendFileSync, closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { applyChanges, watch } from './changes.ts';
import { JOURNAL_BYTES_MAX } from './limits.ts';
import { emptyState, readState, type State, writeState } from './state.ts';

/** It holds what customers bought. */
const ONLY_THE_OWNER = 0o600;

interface KeptState {
  state: State;
  /** Writes what has changed. @throws where it cannot be written; nothing of it is then. */
  write(): void;
  /** Writes the file whole. The state must not be used afterwards. */
  close(): void;
}

/** @throws where a file cannot be read or is damaged. */
export async function openState(file: string | undefined): Promise<KeptState> {
  if (file === undefined) return { state: emptyState(), write() {}, close() {} };
  const journalFile = `${file}.journal`;
  const written = await readOr(file, undefined);
  const journal = await readOr(journalFile, '');
  const read = written === undefined ? emptyState() : readState(written);
  // What is behind the last end of a line was being written when the process was killed.
  for (const line of journal.split('\n').slice(0, -1)) applyChanges(read, line);
  const { state, takeChanges } = watch(read);
  let isClosed = false;
  let open: { fd: number; bytes: number } | undefined;
  /** A line could not be written, or only in part: nothing may be appended to it. */
  let isBehind = false;

  /** A journal that is older than the file and still there changes nothing when it is read. */
  const writeWhole = () => {
    writeFileSync(`${file}.new`, writeState(state), { mode: ONLY_THE_OWNER });
    renameSync(`${file}.new`, file);
    if (open !== undefined) closeSync(open.fd);
    open = undefined;
    rmSync(journalFile, { force: true });
    isBehind = false;
  };
  if (journal !== '') writeWhole();

  const write = () => {
    const line = isClosed ? undefined : takeChanges();
    if (line === undefined && !isBehind) return;
    if (isBehind) return writeWhole();
    isBehind = true;
    open ??= { fd: openSync(journalFile, 'a', ONLY_THE_OWNER), bytes: 0 };
    appendFileSync(open.fd, `${line}\n`);
    open.bytes += Buffer.byteLength(line ?? '') + 1;
    isBehind = false;
    if (open.bytes > JOURNAL_BYTES_MAX) writeWhole();
  };
  return {
    state,
    write,
    close() {
      write();
      isClosed = true;
      if (open !== undefined) writeWhole();
    },
  };
}

async function readOr<T>(file: string, missing: T): Promise<string | T> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return missing;
    throw error;
  });
}
