/** What was just done, and for some seconds the way to take it back. Must not know what it was. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from '../../api/call-problem.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAction } from '../api/use-action.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

/** Long enough to read it and to reach the button; it stays while the focus is on it. */
export const UNDO_MS = 15_000;

export interface Undoable {
  /** Such as that a customer is deactivated. */
  readonly words: string;
  undo(): Promise<Result<unknown>>;
}

export interface Undo {
  readonly offered: Undoable | null;
  offer(undoable: Undoable | null): void;
}

export function useUndo(): Undo {
  const [offered, offer] = useState<Undoable | null>(null);
  return { offered, offer };
}

export function UndoNote({ undo: { offered, offer } }: { undo: Undo }) {
  const { lists } = ADMIN_TEXTS;
  const { isSending, problem, run } = useAction();
  const [isUsed, setIsUsed] = useState(false);
  const [undone, setUndone] = useState<Undoable | null>(null);
  const note = useRef<HTMLElement>(null);
  useEffect(() => {
    if (offered === null || isUsed) return undefined;
    const timer = setTimeout(() => offer(null), UNDO_MS);
    return () => clearTimeout(timer);
  }, [offered, isUsed]);

  function takeBack(undoable: Undoable) {
    run(
      () => undoable.undo(),
      () => {
        setUndone(undoable);
        offer(null);
        // The button goes with what it was for.
        note.current?.focus();
      },
    );
  }
  const words = offered?.words ?? (undone ? lists.undone : '');
  return (
    <section
      class={offered ? 'undo-note' : ''}
      aria-label={lists.undoRegion}
      ref={note}
      tabIndex={-1}
      onFocusIn={() => setIsUsed(true)}
      onFocusOut={() => setIsUsed(false)}
    >
      <output>{words}</output>
      {offered && (
        <Button kind="quiet" isInert={isSending} onPress={() => takeBack(offered)}>
          {lists.undo}
        </Button>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </section>
  );
}
