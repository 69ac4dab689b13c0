/** Starts a command of bench/ in this process: signals, streams and exit code. */
import { type Command, EXIT, runCommand } from './command.ts';

interface SignalTarget {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): unknown;
}

/** @returns the `main` that `local/run.js` calls. */
export function commandMain<Options>(
  create: () => Command<Options>,
): (argv: string[]) => Promise<void> {
  return async (argv) => {
    const command = create();
    process.exitCode = await runCommand(command, argv, {
      env: process.env,
      stdout: process.stdout,
      stderr: process.stderr,
      stopped: stopOn(command.signals, process),
    });
  };
}

/** Aborts at the first signal; at the second one the process exits at once. */
export function stopOn(signals: readonly NodeJS.Signals[], target: SignalTarget): AbortSignal {
  const stop = new AbortController();
  for (const signal of signals) {
    target.on(signal, () => {
      // An orderly end takes too long for whoever asks twice.
      if (stop.signal.aborted) target.exit(EXIT.stopped);
      stop.abort();
    });
  }
  return stop.signal;
}
