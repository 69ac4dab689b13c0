/**
 * Notices that the process which started this one has ended. npm passes a Ctrl-C on, but a `kill` of
 * npm or of its shell would leave the shop running, with its port in use.
 */
import { readFileSync } from 'node:fs';

const CHECK_EVERY_MS = 500;

/** Calls `ended` once when the parent, or the parent's parent below npm, has ended. */
export function whenParentEnds(ended: () => void): () => void {
  // Started by hand into the background, a parent that ends is what the user wanted.
  if (process.env['npm_lifecycle_event'] === undefined) return () => {};
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const timer = setInterval(() => {
    const orphaned =
      process.ppid !== parent || (grandparent !== undefined && parentOf(parent) !== grandparent);
    if (!orphaned) return;
    clearInterval(timer);
    ended();
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** A process's parent where /proc tells it; undefined elsewhere. */
function parentOf(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
  } catch {
    return undefined;
  }
}
