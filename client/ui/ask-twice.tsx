/** A small button that asks before it does what cannot be undone. Must not do it itself. */
import { useState } from 'preact/hooks';
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
  if (!isAsking) {
    return (
      <Button kind="plain" isInert={isInert} onPress={() => setIsAsking(true)}>
        {action}
      </Button>
    );
  }
  return (
    <fieldset class="ask-twice">
      <legend>{ask}</legend>
      <Button
        kind="plain"
        onPress={() => {
          setIsAsking(false);
          onConfirm();
        }}
      >
        {action}
      </Button>
      <Button kind="plain" onPress={() => setIsAsking(false)}>
        {keep ?? LAZY_TEXTS.keep}
      </Button>
    </fieldset>
  );
}
