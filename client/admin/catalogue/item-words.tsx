/** What an item's form has beside its variants: its name, its category, its picture, its description. */
import type { FieldError } from '../../../worker/contract/problems.ts';
import { Picture } from '../../ui/picture.tsx';
import { DescriptionField } from '../forms/description-field.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { ItemDraft } from './item-draft.ts';

export interface ItemWordsProps {
  readonly draft: ItemDraft;
  readonly errors: readonly FieldError[];
  change(fields: Partial<ItemDraft>): void;
}

export function ItemWords({ draft, errors, change }: ItemWordsProps) {
  const lines = [
    { name: 'name', label: ADMIN_TEXTS.itemName },
    { name: 'category', label: ADMIN_TEXTS.category },
    { name: 'imageUrl', label: ADMIN_TEXTS.imageUrl, hint: ADMIN_TEXTS.imageHint },
  ] as const;
  return (
    <>
      {lines.map(({ name, ...labelled }) => (
        <Labelled key={name} {...labelled} errors={errors} path={name}>
          {(control) => (
            <input
              {...control}
              type="text"
              dir="auto"
              autoComplete="off"
              value={draft[name] ?? ''}
              onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
            />
          )}
        </Labelled>
      ))}
      {/* As the shop will show it; half an address is no picture yet, and shows nothing. */}
      {draft.imageUrl && (
        <Picture
          key={draft.imageUrl}
          class="picture-preview"
          url={draft.imageUrl}
          alt={draft.name}
          width={320}
          height={240}
        />
      )}
      <DescriptionField value={draft.description} errors={errors} change={change} />
    </>
  );
}
