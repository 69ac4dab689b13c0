/** The foot of every screen: the legal pages, and the language, which anyone finds by its own name. */
import { useShop } from '../shop/shop.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../texts/language.ts';
import { LANGUAGE, TEXTS } from '../texts/texts.ts';

export function SiteFooter({ onChoose }: { onChoose(language: Language): void }) {
  const { legalPages } = useShop();
  return (
    <footer class="site-footer">
      {legalPages.length > 0 && (
        <nav class="legal-links" aria-label={TEXTS.legalPages}>
          {legalPages.map((page) => (
            <a key={page} href={`/legal/${page}`}>
              {TEXTS.legal[page]}
            </a>
          ))}
        </nav>
      )}
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
