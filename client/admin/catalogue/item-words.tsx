/** What an item's form has beside its variants: its name, its category, its description, its pictures. */
import type { FieldError } from '../../../worker/contract/problems.ts';
import { DescriptionField } from '../forms/description-field.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { PicturesField } from '../forms/pictures-field.tsx';
import { TranslationsFields } from '../forms/translations-fields.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { ItemDraft } from './item-draft.ts';

/** As the contract has it. */
const PICTURES_MAX = 8;

export interface ItemWordsProps {
  readonly draft: ItemDraft;
  readonly errors: readonly FieldError[];
  change(fields: Partial<ItemDraft>): void;
  /** Files are on their way, or are no longer. */
  onUploading(isUploading: boolean): void;
}

export function ItemWords({ draft, errors, change, onUploading }: ItemWordsProps) {
  const lines = [
    { name: 'name', label: ADMIN_TEXTS.itemName },
    { name: 'category', label: ADMIN_TEXTS.category },
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
              value={draft[name]}
              onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
            />
          )}
        </Labelled>
      ))}
      <DescriptionField value={draft.description} errors={errors} change={change} />
      <TranslationsFields
        line="name"
        label={ADMIN_TEXTS.itemName}
        value={draft.translations}
        errors={errors}
        change={change}
      />
      <PicturesField
        title={ADMIN_TEXTS.pictures.title}
        hint={ADMIN_TEXTS.pictures.hint}
        pictures={draft.pictures}
        address={draft.address}
        max={PICTURES_MAX}
        errors={errors}
        pathOf={(n) => `pictures.${n}`}
        onPictures={(pictures) => change({ pictures })}
        onAddress={(address) => change({ address })}
        onUploading={onUploading}
      />
    </>
  );
}
