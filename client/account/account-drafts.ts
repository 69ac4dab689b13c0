/** What is typed into the forms that sign in and register, kept over a reload; no password is. */
import type { Drafts } from '../page/drafts.ts';

const KEPT: ReadonlySet<string> = new Set(['email', 'displayName']);

/** Undefined for a field that is not kept. */
export function readAccountDraft(drafts: Pick<Drafts, 'read'>, field: string): string | undefined {
  return KEPT.has(field) ? drafts.read(draftOf(field)) : undefined;
}

export function writeAccountDraft(
  drafts: Pick<Drafts, 'write'>,
  { name, value }: { name: string; value: string },
) {
  if (KEPT.has(name)) drafts.write(draftOf(name), value);
}

/** Whoever has their account needs them no more. */
export function forgetAccountDrafts(drafts: Pick<Drafts, 'write'>) {
  for (const field of KEPT) drafts.write(draftOf(field), '');
}

function draftOf(field: string): string {
  return `account ${field}`;
}
