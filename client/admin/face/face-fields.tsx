/** Name, logo, colour, typeface and languages of the shop. Must not keep what was typed. */
import type { Typeface } from '../../../worker/contract/face.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { LANGUAGE_NAMES } from '../../texts/language.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { colourIn, type FaceDraft } from './face-draft.ts';

export interface FaceFieldsProps {
  readonly draft: FaceDraft;
  readonly errors: readonly FieldError[];
  change(some: Partial<FaceDraft>): void;
}

const TYPEFACES: readonly Typeface[] = ['system', 'serif', 'rounded', 'mono'];
/** What the picker shows before there is a colour: the product's own. */
const OWN_COLOUR = '#c5380f';

export function FaceFields({ draft, errors, change }: FaceFieldsProps) {
  const { face } = ADMIN_TEXTS;
  const line = (name: 'name' | 'logoUrl', label: string, hint: string) => (
    <Labelled label={label} hint={hint} errors={errors} path={name}>
      {(control) => (
        <input
          dir="auto"
          {...control}
          value={draft[name]}
          onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
        />
      )}
    </Labelled>
  );
  return (
    <>
      {line('name', face.name, face.nameHint)}
      {line('logoUrl', face.logo, face.logoHint)}
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
