/** A small button that asks before it does what cannot be undone. Must not do it itself. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from './button.tsx';

export interface AskTwiceProps {
  readonly action: string;
  readonly ask: string;
  /** What leaves everything as it is. */
  readonly keep?: string;
  readonly isInert?: boolean;
  onConfirm(): void;
}

export function AskTwice({ action, ask, keep, isInert = false, onConfirm }: AskTwiceProps) {
  const [isAsking, setIsAsking] = useState(false);
  const asked = useId();
  const root = useRef<HTMLDivElement>(null);
  const wasAsking = useRef(false);
  const group = isAsking && ({ role: 'group', 'aria-labelledby': asked } as const);
  // The question is read out with what leaves everything as it is; a second hasty press does just that.
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    const [first, keeps] = root.current?.querySelectorAll('button') ?? [];
    if (isAsking) keeps?.focus();
    else if (wasAsking.current && isLost) first?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  return (
    <div class="ask-twice" ref={root} {...group}>
      {isAsking && <p id={asked}>{ask}</p>}
      <Button
        kind="plain"
        isInert={isInert && !isAsking}
        onPress={() => {
          setIsAsking(!isAsking);
          if (isAsking) onConfirm();
        }}
      >
        {action}
      </Button>
      {isAsking && (
        <Button kind="plain" onPress={() => setIsAsking(false)}>
          {keep ?? LAZY_TEXTS.keep}
        </Button>
      )}
    </div>
  );
}
