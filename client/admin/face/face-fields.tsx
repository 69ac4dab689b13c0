/** Name, logo, colour, typeface and languages of the shop. Must not keep what was typed. */
import type { Typeface } from '../../../worker/contract/face.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { LANGUAGE_NAMES } from '../../texts/language.ts';
import { Labelled } from '../forms/labelled.tsx';
import { PicturesField } from '../forms/pictures-field.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { colourIn, type FaceDraft } from './face-draft.ts';

export interface FaceFieldsProps {
  readonly draft: FaceDraft;
  readonly errors: readonly FieldError[];
  change(some: Partial<FaceDraft>): void;
  /** A file is on its way, or is no longer. */
  onUploading(isUploading: boolean): void;
}

const TYPEFACES: readonly Typeface[] = [
  'system',
  'serif',
  'rounded',
  'mono',
  'inter',
  'literata',
  'space_grotesk',
];
/** What the picker shows before there is a colour: the product's own. */
const OWN_COLOUR = '#c5380f';

export function FaceFields(props: FaceFieldsProps) {
  const { draft, errors, change } = props;
  const { face } = ADMIN_TEXTS;
  return (
    <>
      <NameAndLogo {...props} />
      <Labelled label={face.colour} hint={face.colourHint} errors={errors} path="colour">
        {(control) => (
          <span class="face-colour">
            <input
              {...control}
              spellcheck={false}
              value={draft.colour}
              onInput={({ currentTarget }) => change({ colour: currentTarget.value })}
            />
            <input
              type="color"
              aria-label={face.pick}
              value={colourIn(draft) ?? OWN_COLOUR}
              onInput={({ currentTarget }) => change({ colour: currentTarget.value })}
            />
          </span>
        )}
      </Labelled>
      <Labelled label={face.typeface} errors={errors} path="typeface">
        {(control) => (
          <select
            {...control}
            value={draft.typeface}
            onChange={({ currentTarget }) => change({ typeface: currentTarget.value as Typeface })}
          >
            {TYPEFACES.map((typeface) => (
              <option key={typeface} value={typeface}>
                {face.typefaces[typeface]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={face.languages} hint={face.languagesHint} errors={errors} path="languages">
        {(control) => (
          <select
            {...control}
            value={draft.languages}
            onChange={({ currentTarget }) => change({ languages: currentTarget.value })}
          >
            <option value="en de">{face.both(LANGUAGE_NAMES.en, LANGUAGE_NAMES.de)}</option>
            <option value="de en">{face.both(LANGUAGE_NAMES.de, LANGUAGE_NAMES.en)}</option>
            <option value="en">{face.alone(LANGUAGE_NAMES.en)}</option>
            <option value="de">{face.alone(LANGUAGE_NAMES.de)}</option>
          </select>
        )}
      </Labelled>
    </>
  );
}

function NameAndLogo({ draft, errors, change, onUploading }: FaceFieldsProps) {
  const { face } = ADMIN_TEXTS;
  return (
    <>
      <Labelled label={face.name} hint={face.nameHint} errors={errors} path="name">
        {(control) => (
          <input
            dir="auto"
            {...control}
            value={draft.name}
            onInput={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        )}
      </Labelled>
      <PicturesField
        title={face.logo}
        hint={face.logoHint}
        pictures={draft.logoUrl === null ? [] : [draft.logoUrl]}
        address={draft.logoAddress}
        max={1}
        errors={errors}
        pathOf={() => 'logoUrl'}
        onPictures={([logoUrl = null]) => change({ logoUrl })}
        onAddress={(logoAddress) => change({ logoAddress })}
        onUploading={onUploading}
      />
    </>
  );
}
