/** How the shop would look, in light and in dark, and whether it can be read. Keeps nothing. */
import { contrastOf, GROUNDS, shadesOf } from '../../../worker/contract/accent.ts';
import { FONT_STACKS } from '../../../worker/contract/face-style.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { colourIn, type FaceDraft } from './face-draft.ts';

const SCHEMES = ['light', 'dark'] as const;

export function FacePreview({ draft }: { draft: FaceDraft }) {
  const { face } = ADMIN_TEXTS;
  return (
    <section aria-labelledby="face-preview">
      <h2 id="face-preview">{face.preview}</h2>
      {SCHEMES.map((scheme) => (
        <SchemePreview key={scheme} scheme={scheme} draft={draft} />
      ))}
    </section>
  );
}

function SchemePreview({ scheme, draft }: { scheme: 'light' | 'dark'; draft: FaceDraft }) {
  const { face, number } = ADMIN_TEXTS;
  const colour = colourIn(draft);
  const shades = colour === null ? null : shadesOf(colour, scheme);
  const font = FONT_STACKS[draft.typeface];
  const ratio = (one: string, other: string) =>
    number(Math.floor(contrastOf(one, other) * 10) / 10);
  const [paper] = GROUNDS[scheme];
  return (
    <div>
      <h3>{face[scheme]}</h3>
      <div
        class={`face-preview face-preview-${scheme}`}
        style={{
          ...(font && { fontFamily: font }),
          ...(shades && {
            '--accent': shades.accent,
            '--accent-fill': shades.fill,
            '--accent-ink': shades.ink,
          }),
        }}
      >
        <p class="brand">
          {draft.logoUrl ? (
            <img class="brand-logo" src={draft.logoUrl} alt={draft.name} />
          ) : (
            draft.name
          )}
        </p>
        <p class="face-preview-title">{face.sampleTitle}</p>
        <p class="face-preview-accent">{face.sampleText}</p>
        <span class="button button-primary">{face.sampleAction}</span>
      </div>
      {shades && (
        <p class="field-hint">
          {shades.accent === colour
            ? face.readable(ratio(shades.accent, paper))
            : face.changed(shades.accent, ratio(shades.accent, paper))}{' '}
          {face.onButton(ratio(shades.ink, shades.fill))}
        </p>
      )}
    </div>
  );
}
