/** A face as it is typed, and as it is sent. Must not decide what is allowed: the server does. */
import type { Face, FaceInput, Typeface } from '../../../worker/contract/face.ts';
import type { Language } from '../../../worker/contract/languages.ts';

/** As the contract has it. */
export const LINKS_MAX = 8;

export interface LinkDraft {
  readonly label: string;
  readonly en: string;
  readonly de: string;
  readonly url: string;
}

export interface FaceDraft {
  readonly name: string;
  readonly logoUrl: string | null;
  /** What stands in the field for an address, and is no logo yet. */
  readonly logoAddress: string;
  readonly colour: string;
  readonly typeface: Typeface;
  /** In their order, with a space between them. */
  readonly languages: string;
  readonly links: readonly LinkDraft[];
}

export const NEW_LINK: LinkDraft = { label: '', en: '', de: '', url: '' };

export function draftOf({
  name,
  logoUrl,
  colour,
  typeface,
  languages,
  footerLinks,
}: Face): FaceDraft {
  const links = footerLinks.map(({ label, translations: { en = '', de = '' }, url }) => ({
    label,
    en,
    de,
    url,
  }));
  const lines = { logoUrl, logoAddress: '', colour: colour ?? '' };
  return { name, ...lines, typeface, languages: languages.join(' '), links };
}

export function faceOf(draft: FaceDraft): FaceInput {
  const { name, typeface, logoUrl, logoAddress, colour, languages, links } = draft;
  return {
    name,
    typeface,
    // An address that was typed and not added is meant all the same.
    logoUrl: logoAddress.trim() || logoUrl,
    colour: colour.trim().toLowerCase() || null,
    languages: languages.split(' ') as Language[],
    footerLinks: links.map(({ label, en, de, url }) => ({
      label,
      translations: { ...(en.trim() && { en }), ...(de.trim() && { de }) },
      url: url.trim(),
    })),
  };
}

/** @returns null for what is no colour, or not yet. */
export function colourIn({ colour }: Pick<FaceDraft, 'colour'>): string | null {
  const typed = colour.trim().toLowerCase();
  return /^#[0-9a-f]{6}$/.test(typed) ? typed : null;
}
