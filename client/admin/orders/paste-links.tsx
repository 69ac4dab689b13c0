/** Where many links are pasted at once, with the lines that could not be taken. Must not read them. */
import { Button } from '../../ui/button.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { PASTED_CHARS_MAX, type Pasted } from './sent-links.ts';

/** Lines that are told one by one. */
const TOLD_MAX = 10;

export interface PasteLinksProps {
  readonly text: string;
  /** What was taken, in words. */
  readonly told: string;
  readonly left: Pasted['left'];
  onType(text: string): void;
  onTake(): void;
}

export function PasteLinks({ text, told, left, onType, onTake }: PasteLinksProps) {
  const { chosen: texts } = ADMIN_TEXTS;
  return (
    <>
      <details class="paste-links" open={left.length > 0}>
        <summary>{texts.pasteTitle}</summary>
        <Labelled label={texts.paste} hint={texts.pasteHint}>
          {(control) => (
            <textarea
              {...control}
              rows={4}
              maxLength={PASTED_CHARS_MAX}
              autoComplete="off"
              spellcheck={false}
              translate={false}
              value={text}
              onInput={({ currentTarget }) => onType(currentTarget.value)}
            />
          )}
        </Labelled>
        <Button kind="quiet" isInert={text.trim() === ''} onPress={onTake}>
          {texts.take}
        </Button>
        {left.length > 0 && (
          <div class="notice" role="alert">
            <p class="notice-title">{texts.left(left.length)}</p>
            <ul>
              {left.slice(0, TOLD_MAX).map((line, n) => (
                <li key={`${n} ${line.text}`}>
                  <code dir="auto">{line.text}</code> {texts.faults[line.fault]}
                </li>
              ))}
            </ul>
            {left.length > TOLD_MAX && <p>{texts.moreLeft(left.length - TOLD_MAX)}</p>}
          </div>
        )}
      </details>
      {/* Outside, so that it stays when the box closes. */}
      <output>{told}</output>
    </>
  );
}
