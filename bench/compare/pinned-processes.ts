/** Keeps processes on some of the machine's cores for a while, where the system can (`taskset` of Linux). */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Pins {
  /** On the first core. */
  first: number[];
  /** On the second one. */
  second: number[];
}

/** The cores that this process may use; empty where the system does not tell. */
export function allowedCpus(): number[] {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return cpusOf(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
  } catch {
    return [];
  }
}

/** @param list such as `0-2,5`. */
export function cpusOf(list: string): number[] {
  return list
    .split(',')
    .filter((part) => /^\d+(-\d+)?$/.test(part))
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
    });
}

export function canPin(): boolean {
  return allowedCpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;
}

/**
 * With all threads; what they start is kept there too. A process that has ended meanwhile is left out.
 * @returns lets them go where they may go now.
 */
export function pin({ first, second }: Pins): () => void {
  const cpus = allowedCpus();
  keep(first, cpus.slice(0, 1));
  keep(second, cpus.slice(1, 2));
  return () => keep([...first, ...second], cpus);
}

function keep(pids: number[], cpus: number[]): void {
  for (const pid of pids) {
    spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', cpus.join(), String(pid)]);
  }
}
