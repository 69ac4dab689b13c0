/** A form whose subject another admin changed meanwhile: what is there now, and the ways on. */
import { useState } from 'preact/hooks';
import type { Result } from '../../api/call-problem.ts';

/** What a form shows, and of which version that is. */
export interface Shown<Draft> {
  readonly draft: Draft;
  readonly version: string | undefined;
}

export interface Conflict<Draft> {
  /** What the form was filled with. */
  readonly draft: Draft;
  /** Of that. */
  readonly version: string | undefined;
  /** What is there now, with the fields that others changed; null while nobody did. */
  readonly theirs: (Shown<Draft> & { readonly fields: readonly (keyof Draft)[] }) | null;
  /** Reads what is there now, after a refusal. @returns whether it could be read. */
  read(): Promise<boolean>;
  /** Goes on from what is there now. */
  goOn(): void;
}

export function useConflict<Draft extends object>(
  start: Shown<Draft>,
  reload: (() => Promise<Result<Shown<Draft>>>) | undefined,
): Conflict<Draft> {
  const [base, setBase] = useState(start);
  const [theirs, setTheirs] = useState<Shown<Draft> | null>(null);
  return {
    draft: base.draft,
    version: base.version,
    theirs: theirs && { ...theirs, fields: changedFields(base.draft, theirs.draft) },
    async read() {
      const now = await reload?.();
      setTheirs(now?.ok ? now.value : null);
      return now?.ok === true;
    },
    goOn() {
      if (theirs !== null) setBase(theirs);
      setTheirs(null);
    },
  };
}

export function changedFields<Draft extends object>(before: Draft, after: Draft) {
  const names = Object.keys(before) as (keyof Draft)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
