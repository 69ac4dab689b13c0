/** Which text of a product is shown in a language. Pure, and a part of the first load: without schemas. */
import type { Language } from './languages.ts';

/** Texts that differ from the main ones, by language: those that are left out are as the main ones. */
export type Translations<Words> = { readonly [Spoken in Language]?: Partial<Words> | undefined };

interface Translated {
  readonly translations?: object;
}

/**
 * What is shown in a language: each text of it, or else the main one, which is in the shop's first language.
 * @param thing with its main texts; one of the version before has no `translations`.
 */
export function textIn<Thing extends Translated>(language: Language, thing: Thing): Thing {
  return { ...thing, ...(thing.translations as Translations<Thing> | undefined)?.[language] };
}

/** The same of an event with its items. */
export function eventIn<Event extends Translated & { readonly items: readonly Translated[] }>(
  language: Language,
  event: Event,
): Event {
  return { ...textIn(language, event), items: event.items.map((item) => textIn(language, item)) };
}
