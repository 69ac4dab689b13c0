/** The variants of an item's form: renamed, moved, removed, and several added at once. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { isolated } from '../../format/direction.ts';
import { Button } from '../../ui/button.tsx';
import { faultText } from '../forms/fault-text.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import {
  type Added,
  type ItemDraft,
  LABEL_CHARS_MAX,
  labelsIn,
  moved,
  VARIANTS_MAX,
  type VariantDraft,
  withMore,
} from './item-draft.ts';

export interface VariantsFieldProps {
  readonly variants: readonly VariantDraft[];
  readonly more: string;
  readonly errors: readonly FieldError[];
  change(fields: Partial<Pick<ItemDraft, 'variants' | 'more'>>): void;
}

export function VariantsField({ variants, more, errors, change }: VariantsFieldProps) {
  const hintId = useId();
  const texts = ADMIN_TEXTS.variants;
  const field = useRef<HTMLFieldSetElement>(null);
  const [focus, setFocus] = useState<Focus | null>(null);
  const fault = errors.find(({ path }) => path === 'variants');
  // What was pressed is now in another row, or gone.
  useEffect(() => {
    if (focus === null) return;
    const rows = field.current?.querySelectorAll('.variant-row') ?? [];
    const buttons = rows[Math.min(focus.row, rows.length - 1)]?.querySelectorAll('button');
    (buttons?.[focus.button] ?? field.current?.querySelector('input'))?.focus();
  }, [focus]);

  function move(row: number, by: -1 | 1) {
    change({ variants: moved(variants, row, by) });
    setFocus({ row: Math.max(row + by, 0), button: by < 0 ? 0 : 1 });
  }
  return (
    <fieldset ref={field} class="item-variants" aria-describedby={hintId}>
      <legend>{texts.title}</legend>
      <p id={hintId} class="field-hint">
        {texts.hint}
      </p>
      {variants.length > 0 && (
        <ol>
          {variants.map((variant, n) => (
            <VariantRow
              // A row is its place: what is moved is the text in it.
              key={n}
              n={n}
              variant={variant}
              isLast={n === variants.length - 1}
              errors={errors}
              onLabel={(label) => change({ variants: variants.with(n, { ...variant, label }) })}
              onMove={(by) => move(n, by)}
              onRemove={() => {
                change({ variants: variants.toSpliced(n, 1) });
                setFocus({ row: n, button: 2 });
              }}
            />
          ))}
        </ol>
      )}
      {fault && (
        <p class="field-error" role="alert">
          {faultText(fault.message)}
        </p>
      )}
      <MoreVariants variants={variants} more={more} change={change} />
    </fieldset>
  );
}

interface Focus {
  readonly row: number;
  /** Up, down and remove, from 0. */
  readonly button: number;
}

interface VariantRowProps {
  readonly n: number;
  readonly variant: VariantDraft;
  readonly isLast: boolean;
  readonly errors: readonly FieldError[];
  onLabel(label: string): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function VariantRow({ n, variant, isLast, errors, ...does }: VariantRowProps) {
  const texts = ADMIN_TEXTS.variants;
  const nth = texts.nth(n + 1);
  const name = isolated(variant.label.trim() || nth);
  return (
    <li class="variant-row">
      <Labelled label={nth} errors={errors} path={`variants.${n}.label`}>
        {(control) => (
          <input
            {...control}
            type="text"
            dir="auto"
            autoComplete="off"
            maxLength={LABEL_CHARS_MAX}
            value={variant.label}
            onInput={({ currentTarget }) => does.onLabel(currentTarget.value)}
          />
        )}
      </Labelled>
      <div class="variant-moves">
        <Button
          kind="quiet"
          label={texts.up(name)}
          isInert={n === 0}
          onPress={() => does.onMove(-1)}
        >
          ↑
        </Button>
        <Button
          kind="quiet"
          label={texts.down(name)}
          isInert={isLast}
          onPress={() => does.onMove(1)}
        >
          ↓
        </Button>
        <Button kind="quiet" label={texts.remove(name)} onPress={does.onRemove}>
          ×
        </Button>
      </div>
    </li>
  );
}

function MoreVariants({ variants, more, change }: Omit<VariantsFieldProps, 'errors'>) {
  const texts = ADMIN_TEXTS.variants;
  const [added, setAdded] = useState<Added | null>(null);

  function add(text: string) {
    const next = withMore(variants, text);
    setAdded(next);
    change({ variants: next.variants, more: '' });
  }
  return (
    <div class="variants-more">
      <Labelled label={texts.more} hint={texts.moreHint}>
        {(control) => (
          <input
            {...control}
            type="text"
            dir="auto"
            autoComplete="off"
            value={more}
            onInput={({ currentTarget }) => change({ more: currentTarget.value })}
            onKeyDown={(event) => {
              // With nothing in it the key sends the form, as in any other field.
              if (event.key !== 'Enter' || event.isComposing || more.trim() === '') return;
              event.preventDefault();
              add(more);
            }}
            onPaste={(event) => {
              // A field of one line would join the lines.
              const text = event.clipboardData?.getData('text') ?? '';
              if (labelsIn(text).length < 2) return;
              event.preventDefault();
              add(`${more}\n${text}`);
            }}
          />
        )}
      </Labelled>
      <Button kind="quiet" isInert={more.trim() === ''} onPress={() => add(more)}>
        {texts.add}
      </Button>
      <output class="field-hint">{added && whatCame(added)}</output>
    </div>
  );
}

function whatCame({ count, there, left }: Added): string {
  const texts = ADMIN_TEXTS.variants;
  return [
    count > 0 && texts.added(count),
    there.length > 0 && texts.there(there.map(isolated).join(', ')),
    left > 0 && texts.full(VARIANTS_MAX, left),
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}
