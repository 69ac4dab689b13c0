/** What processes have used so far, from Linux's /proc; nothing is known on other systems. */
import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: 100 on every Linux that Node runs on, whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100;
const KIB = 1_024;

export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** All of a group of processes together. */
export function usageOf(pids: number[]): Usage {
  const usages = pids.flatMap((pid) => {
    const stat = readProc(pid, 'stat');
    const status = readProc(pid, 'status');
    return stat === undefined || status === undefined ? [] : [parseUsage(stat, status)];
  });
  return {
    cpuSeconds: usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    rssBytes: usages.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
  };
}

export function parseUsage(stat: string, status: string): Usage {
  const [, , , , , , , , , , , userTicks, systemTicks] = fieldsAfterName(stat);
  const rssKib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return {
    cpuSeconds: (Number(userTicks) + Number(systemTicks)) / TICKS_PER_SECOND,
    rssBytes: Number(rssKib ?? 0) * KIB,
  };
}

/** The processes that a process has started and that still run. */
export function childrenOf(pid: number): number[] {
  return allPids().filter((candidate) => parentOf(candidate) === pid);
}

/** All that descend from it, and that still run. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** The words of its command line; none where it has ended. */
export function commandOf(pid: number): string[] {
  return readProc(pid, 'cmdline')?.split('\0') ?? [];
}

export function parentOf(pid: number): number | undefined {
  const stat = readProc(pid, 'stat');
  return stat === undefined ? undefined : Number(fieldsAfterName(stat)[1]);
}

/** From the state on: the name before it is in brackets, and may hold blanks and brackets. */
function fieldsAfterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function allPids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It has ended, or there is no /proc.
    return undefined;
  }
}
