/** Both checkers over what a shop served: seconds, CPU and memory. Must not check anything itself. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../local/user-error.ts';

const PROGRAM = fileURLToPath(new URL('../../docs/verify_draw.py', import.meta.url));
const PAGE_PROGRAM = fileURLToPath(new URL('./page-check-process.ts', import.meta.url));
const ALL_HOLDS = 0;
const SIGNATURE_UNCHECKED = 3;
const WITHOUT_BLS = 'Python, without BLS';
const CHECK_MS_MAX = 300_000;
const KIB = 1_024;

/** Runs the rest of its command line, and says what that took in a line of its own at the end. */
const TIMED = `
import resource, subprocess, sys, time
begun = time.monotonic()
ended = subprocess.run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print()
print(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(ended.returncode)`;

export interface SavedDraw {
  draw: string;
  entries: string;
  keys: string;
}

export interface Taken {
  name: string;
  seconds: number;
  cpuSeconds: number;
  /** At most. */
  rssBytes: number;
}

/** @throws UserError where a checker refuses the draw, or cannot run. */
export function runCheckers(python: string, saved: SavedDraw): Taken[] {
  const byPage = run(python, [process.execPath, PAGE_PROGRAM, JSON.stringify(saved)], {
    [ALL_HOLDS]: 'page’s code, in Node',
  });
  const first = byProgram(python, [], saved);
  if (first.name === WITHOUT_BLS) return [first, byPage];
  // Without packages that were installed, and so without the beacon's signature.
  return [first, byProgram(python, ['-S'], saved), byPage];
}

function byProgram(python: string, flags: readonly string[], saved: SavedDraw): Taken {
  const { draw, entries, keys } = saved;
  const files = ['--draw', draw, '--entries', entries, '--keys', keys];
  return run(python, [python, ...flags, PROGRAM, ...files], {
    [ALL_HOLDS]: 'Python',
    [SIGNATURE_UNCHECKED]: WITHOUT_BLS,
  });
}

/** @param names by exit code; any other one is a refusal. */
function run(python: string, command: string[], names: Record<number, string>): Taken {
  const options = { encoding: 'utf8', timeout: CHECK_MS_MAX } as const;
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', TIMED, ...command], options);
  const name = status === null ? undefined : names[status];
  if (name === undefined) {
    throw new UserError(`${command[0]} ended with ${status}: ${error ?? ''}${stdout}${stderr}`);
  }
  const [seconds = 0, cpuSeconds = 0, kib = 0] =
    stdout.trimEnd().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { name, seconds, cpuSeconds, rssBytes: kib * KIB };
}
