/** `npm run compare`: gives the measurements this process. Must not hold any of their logic. */
import { fileURLToPath } from 'node:url';
import { EXIT, main as measureAndReport } from './compare/main.ts';

/** Called by `local/run.js`, which checks Node's version first. */
export async function main(argv: string[]): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Asked twice: what was started ends with this process anyway.
      if (stop.signal.aborted) process.exit(EXIT.stopped);
      stop.abort();
    });
  }
  process.exitCode = await measureAndReport(argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    stopped: stop.signal,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
