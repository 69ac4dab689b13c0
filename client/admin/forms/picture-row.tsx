/** One picture of a form: what it shows, its place among the others, and the ways to move and to remove it. */
import type { FieldError } from '../../../worker/contract/problems.ts';
import { Button } from '../../ui/button.tsx';
import { PictureTile } from '../../ui/picture.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { faultText } from './fault-text.ts';

export interface PictureRowProps {
  readonly url: string;
  /** Its place, from 0. */
  readonly n: number;
  readonly count: number;
  readonly error: FieldError | undefined;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

export function PictureRow({ url, n, count, error, onMove, onRemove }: PictureRowProps) {
  const texts = ADMIN_TEXTS.pictures;
  const name = texts.nth(n + 1);
  return (
    <li class="picture-row">
      <PictureTile class="picture-preview" url={url} name="?" sizes="8rem" />
      <div class="picture-words">
        <p>{n === 0 && count > 1 ? texts.first : name}</p>
        {url.startsWith('https:') && (
          <p class="field-hint" dir="ltr">
            {url}
          </p>
        )}
        {error && (
          <p class="field-error" role="alert">
            {faultText(error.message)}
          </p>
        )}
      </div>
      <div class="variant-moves">
        {count > 1 && (
          <>
            <Button
              kind="quiet"
              label={texts.up(name)}
              isInert={n === 0}
              onPress={() => onMove(-1)}
            >
              ↑
            </Button>
            <Button
              kind="quiet"
              label={texts.down(name)}
              isInert={n === count - 1}
              onPress={() => onMove(1)}
            >
              ↓
            </Button>
          </>
        )}
        <Button kind="quiet" label={texts.remove(name)} onPress={onRemove}>
          ×
        </Button>
      </div>
    </li>
  );
}
