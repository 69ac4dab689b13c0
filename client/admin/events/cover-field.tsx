/** The cover on the form of an event's plan: one picture, or none. */
import { PicturesField } from '../forms/pictures-field.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { PartOfForm } from './event-draft.ts';

interface CoverFieldProps extends Pick<PartOfForm, 'draft' | 'errors' | 'change'> {
  /** A file is on its way, or is no longer. */
  onUploading(isUploading: boolean): void;
}

export function CoverField({ draft, errors, change, onUploading }: CoverFieldProps) {
  const { cover, coverHint } = ADMIN_TEXTS.pictures;
  return (
    <PicturesField
      title={cover}
      hint={coverHint}
      pictures={draft.coverUrl === null ? [] : [draft.coverUrl]}
      address={draft.coverAddress}
      max={1}
      errors={errors}
      pathOf={() => 'coverUrl'}
      onPictures={([coverUrl = null]) => change({ coverUrl })}
      onAddress={(coverAddress) => change({ coverAddress })}
      onUploading={onUploading}
    />
  );
}
