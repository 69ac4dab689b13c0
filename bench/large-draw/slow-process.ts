/**
 * Gives processes a share of their time, by stopping them and letting them go on: DevTools slows down a page, and not
 * the worker beside it, and a control group for it needs a machine of one's own.
 */

const PERIOD_MS = 100;

/**
 * @param share of each tenth of a second in which they run, above 0; 1 lets them be
 * @param pids asked anew each time, since processes come and go
 */
export async function withShareOf<Result>(
  share: number,
  pids: () => readonly number[],
  use: () => Promise<Result>,
): Promise<Result> {
  if (share >= 1) return use();
  let timer: NodeJS.Timeout | undefined;
  let stopped: readonly number[] = [];
  const rest = () => {
    stopped = pids();
    for (const pid of stopped) signal(pid, 'SIGSTOP');
    timer = setTimeout(goOn, PERIOD_MS * (1 - share));
  };
  const goOn = () => {
    for (const pid of stopped) signal(pid, 'SIGCONT');
    timer = setTimeout(rest, PERIOD_MS * share);
  };
  rest();
  try {
    return await use();
  } finally {
    clearTimeout(timer);
    for (const pid of stopped) signal(pid, 'SIGCONT');
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
