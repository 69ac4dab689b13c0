/** The foot of every screen: the language, which anyone finds by its own name. */
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../texts/language.ts';
import { LANGUAGE, TEXTS } from '../texts/texts.ts';

export function SiteFooter({ onChoose }: { onChoose(language: Language): void }) {
  return (
    <footer class="site-footer">
      <nav class="languages" aria-label={TEXTS.languageSwitch}>
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            aria-pressed={language === LANGUAGE}
            onClick={() => language !== LANGUAGE && onChoose(language)}
          >
            {LANGUAGE_NAMES[language]}
          </button>
        ))}
      </nav>
    </footer>
  );
}
