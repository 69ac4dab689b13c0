/** A Data API that can be away: ended, or frozen so that it takes connections and never answers. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../local/free-port.ts';
import { type ChildProgram, startChildProgram } from '../speed/child-program.ts';

const PROGRAM = fileURLToPath(new URL('./documents-process.ts', import.meta.url));
const KEY_BYTES = 32;

export type DataApiState = 'up' | 'stopped' | 'frozen';

export interface DataApiProcess {
  /** What the Worker is given. */
  variables: { DATA_API_URL: string; DATA_API_KEY: string };
  /** Brings it into a state, whichever it was in. */
  become(state: DataApiState): Promise<void>;
  stop(): Promise<void>;
}

/** @param file where the documents are kept. */
export async function startDataApi(file: string): Promise<DataApiProcess> {
  const port = await freePort();
  const key = randomBytes(KEY_BYTES).toString('base64url');
  const env = {
    BENCH_DOCUMENTS: file,
    BENCH_DOCUMENTS_PORT: String(port),
    BENCH_DOCUMENTS_KEY: key,
  };
  let state: DataApiState = 'up';
  let running: ChildProgram | undefined = await startChildProgram([process.execPath, PROGRAM], {
    env,
  });
  const { url } = JSON.parse(running.firstLine) as { url: string };
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    if (running?.pid === undefined) throw new Error('its process is not known on this system');
    process.kill(running.pid, name);
  };
  const thaw = (): void => {
    if (state === 'frozen') signal('SIGCONT');
  };
  const end = async (): Promise<void> => {
    thaw();
    await running?.stop();
    running = undefined;
  };
  return {
    variables: { DATA_API_URL: url, DATA_API_KEY: key },
    async become(next) {
      if (next === state) return;
      if (next === 'stopped') await end();
      else thaw();
      if (next !== 'stopped')
        running ??= await startChildProgram([process.execPath, PROGRAM], { env });
      if (next === 'frozen') signal('SIGSTOP');
      state = next;
    },
    stop: end,
  };
}
