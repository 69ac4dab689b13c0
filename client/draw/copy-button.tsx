/** Copies a text that is too long to be typed, and says what came of it. */
import { useState } from 'preact/hooks';
import { copyText } from '../page/copy-text.ts';
import { Button } from '../ui/button.tsx';
import { DRAW_TEXTS } from './texts/texts.ts';

export function CopyButton({ name, text }: { name: string; text: string }) {
  const [isCopied, setIsCopied] = useState<boolean | null>(null);
  const { copy, copyOf, copied, notCopied } = DRAW_TEXTS;
  return (
    <span class="draw-copy">
      <Button
        kind="plain"
        label={copyOf(name)}
        onPress={() => void copyText(text).then(({ ok }) => setIsCopied(ok))}
      >
        {copy}
      </Button>
      <output>{isCopied === null ? '' : isCopied ? copied : notCopied}</output>
    </span>
  );
}
