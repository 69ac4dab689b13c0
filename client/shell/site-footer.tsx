/** The foot of every screen: the shop's own links, the legal pages, and the language, which anyone finds by its own name. */
import { useShop } from '../shop/shop.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../texts/language.ts';
import { LANGUAGE, TEXTS } from '../texts/texts.ts';

export function SiteFooter({ onChoose }: { onChoose(language: Language): void }) {
  const { legalPages, face } = useShop();
  return (
    <footer class="site-footer">
      {face && face.footerLinks.length > 0 && (
        <div class="legal-links">
          {face.footerLinks.map(({ label, translations, url }) => (
            // Also to what is no page of the shop, such as a file.
            <a key={url} href={url} target="_top">
              {translations[LANGUAGE] ?? label}
            </a>
          ))}
        </div>
      )}
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
        {(face?.languages ?? LANGUAGES).map((language) => (
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
