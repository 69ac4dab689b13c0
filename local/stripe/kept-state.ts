/** Keeps the state in a file, where one is named, so that a session outlives a restart. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { SAVE_PAUSE_MS } from './limits.ts';
import { emptyState, readState, type State, writeState } from './state.ts';

/** It holds what customers bought. */
const ONLY_THE_OWNER = 0o600;

export interface KeptState {
  state: State;
  /** It is written a little later, with what changes until then. */
  changed(): void;
  /** Writes what is not written yet, and nothing after it. */
  close(): Promise<void>;
}

/** @throws where the file cannot be read or is damaged. */
export async function openState(
  file: string | undefined,
  report: (error: unknown) => void,
): Promise<KeptState> {
  if (file === undefined) return { state: emptyState(), changed() {}, close: async () => {} };
  const state = await readFile(file, 'utf8').then(readState, (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return emptyState();
    throw error;
  });
  let timer: NodeJS.Timeout | undefined;
  let written: Promise<void> = Promise.resolve();
  let isClosed = false;
  /** A start, or an hour in which nobody asks for anything, writes nothing. */
  let known = writeState(state);
  const saveChanges = async () => {
    const text = writeState(state);
    if (text === known) return;
    await save(file, text);
    known = text;
  };
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    written = written.then(saveChanges).catch(report);
    return written;
  };
  return {
    state,
    changed() {
      if (!isClosed) timer ??= setTimeout(() => void write(), SAVE_PAUSE_MS);
    },
    close() {
      const last = isClosed ? written : write();
      isClosed = true;
      return last;
    },
  };
}

async function save(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: ONLY_THE_OWNER });
  await rename(`${file}.new`, file);
}
