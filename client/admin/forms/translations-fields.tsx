/** Texts of a product in the shop's further languages, each language folded. Must not know what is sent of them. */
import type { FieldError } from '../../../worker/contract/problems.ts';
import type { Translations } from '../../../worker/contract/text-in.ts';
import { useShop } from '../../shop/shop.ts';
import { LANGUAGES, type Language } from '../../texts/language.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { Labelled } from './labelled.tsx';

/** As the contract has them. */
const LINE_CHARS_MAX = 120;
const DESCRIPTION_CHARS_MAX = 2_000;

type Words<Line extends 'name' | 'title'> = {
  readonly [Name in Line | 'description']?: string | undefined;
};

export interface TranslationsFieldsProps<Line extends 'name' | 'title'> {
  /** What stands beside the description, and what it is called. */
  readonly line: Line;
  readonly label: string;
  readonly value: Translations<Words<Line>>;
  readonly errors: readonly FieldError[];
  change(fields: { translations: Translations<Words<Line>> }): void;
}

export function TranslationsFields<Line extends 'name' | 'title'>(
  props: TranslationsFieldsProps<Line>,
) {
  const offered: readonly Language[] = useShop().face?.languages ?? LANGUAGES;
  const [main = 'en', ...others] = offered;
  // What was written when the shop spoke it is not hidden.
  const shown = LANGUAGES.filter(
    (language) => others.includes(language) || textsOf(props.value[language]).length > 0,
  );
  return (
    <>
      {shown.map((language) => (
        <Fold key={language} {...props} language={language} main={main} />
      ))}
    </>
  );
}

type FoldProps<Line extends 'name' | 'title'> = TranslationsFieldsProps<Line> & {
  readonly language: Language;
  readonly main: Language;
};

function Fold<Line extends 'name' | 'title'>({ language, main, ...props }: FoldProps<Line>) {
  const { line, label, value, errors, change } = props;
  const { fold, hint, field } = ADMIN_TEXTS.translations;
  const words: Words<Line> = { ...value[language] };
  const path = `translations.${language}`;
  const write = (name: Line | 'description', text: string) =>
    change({ translations: { ...value, [language]: { ...words, [name]: text } } });
  return (
    <details class="translation" open={errors.some((error) => error.path.startsWith(path))}>
      <summary>
        {fold(language)} {words[line] && <bdi class="translation-now">{words[line]}</bdi>}
      </summary>
      <p class="field-hint">{hint(main)}</p>
      <Labelled label={field(label, language)} errors={errors} path={`${path}.${line}`}>
        {(control) => (
          <input
            {...control}
            type="text"
            dir="auto"
            lang={language}
            autoComplete="off"
            maxLength={LINE_CHARS_MAX}
            value={words[line] ?? ''}
            onInput={({ currentTarget }) => write(line, currentTarget.value)}
          />
        )}
      </Labelled>
      <Labelled
        label={field(ADMIN_TEXTS.description, language)}
        errors={errors}
        path={`${path}.description`}
      >
        {(control) => (
          <textarea
            dir="auto"
            lang={language}
            {...control}
            rows={4}
            maxLength={DESCRIPTION_CHARS_MAX}
            value={words.description ?? ''}
            onInput={({ currentTarget }) => write('description', currentTarget.value)}
          />
        )}
      </Labelled>
    </details>
  );
}

/** All of them as one line, by their languages. */
export function translationsText(translations: Translations<Words<'name' | 'title'>>): string {
  return LANGUAGES.flatMap((language) => {
    const texts = textsOf(translations[language]);
    return texts.length === 0
      ? []
      : [`${ADMIN_TEXTS.translations.fold(language)}: ${texts.join(', ')}`];
  }).join('; ');
}

function textsOf(words: object | undefined): string[] {
  return Object.values<string>({ ...words }).filter((text) => text !== '');
}
