/** A request to stop: a first Ctrl-C, a kill, or the end of the process that started this one. */
import { whenParentEnds } from './parent-process.ts';

/** Settles at the first of them; a second Ctrl-C does not wait. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const unwatch = whenParentEnds(ask);
    let asked = false;
    function ask(): void {
      if (asked) process.exit(130);
      asked = true;
      unwatch();
      resolve();
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  });
}
