/** `npm run rehearse`: gives the rehearsal this process. Must not hold any of its logic. */
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { EXIT, main as playAndJudge } from './rehearse/main.ts';
import { SEED_MAX } from './rehearse/seeded-random.ts';

/** Called by `local/run.js`, which checks Node's version first. */
export async function main(argv: string[]): Promise<void> {
  const stop = new AbortController();
  process.on('SIGINT', () => {
    // Asked twice: closing the sale takes too long.
    if (stop.signal.aborted) process.exit(EXIT.stopped);
    stop.abort();
  });
  process.exitCode = await playAndJudge(argv, {
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    seedDrawn: randomInt(SEED_MAX + 1),
    stopped: stop.signal,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
