/** What is typed into a form of many fields, kept over a reload until it was sent. */
import { useRef, useState } from 'preact/hooks';
import { useShop } from './shop.ts';

export interface DraftOf {
  readonly name: string;
  /** What the form changes: a draft of another state of it would take back what others did since. */
  readonly base: unknown;
}

/** @returns the fields, the way to change some of them, and the way to forget the draft. */
export function useDraft<Fields extends object>({ name, base }: DraftOf, start: Fields) {
  const { drafts } = useShop();
  const origin = useRef(JSON.stringify(base));
  const [fields, setFields] = useState<Fields>(
    // What a draft of an older page does not have yet is as it begins.
    () => ({ ...start, ...(begun(drafts.read(name), origin.current) as Partial<Fields> | null) }),
  );

  function change(some: Partial<Fields>) {
    setFields((before) => {
      const next = { ...before, ...some };
      drafts.write(name, JSON.stringify({ base: origin.current, fields: next }));
      return next;
    });
  }
  return { fields, change, forget: () => drafts.write(name, '') };
}

/** Only this page writes drafts, so that one is either as it was written or not there. */
function begun(draft: string, base: string): unknown {
  if (draft === '') return null;
  const kept = JSON.parse(draft) as { base: string; fields: unknown };
  return kept.base === base ? kept.fields : null;
}
