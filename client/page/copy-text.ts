/** Puts a text on the clipboard. Must not say what came of it. */
import type { CallProblem, Result } from '../api/call-problem.ts';

const NOT_COPIED: CallProblem = { code: 'forbidden' };

/** Some browsers have no clipboard for pages, as on plain http, and some ask first. */
export async function copyText(text: string): Promise<Result<null>> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return { ok: false, problem: NOT_COPIED };
  return clipboard.writeText(text).then(
    () => ({ ok: true, value: null }),
    () => ({ ok: false, problem: NOT_COPIED }),
  );
}
