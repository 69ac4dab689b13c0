/** A sentence with links to the legal pages that it is about. Draws nothing where there are none. */
import type { LegalPage } from '../../worker/contract/legal.ts';
import { useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';

export interface LegalLinksProps {
  readonly lead: string;
  readonly pages: readonly LegalPage[];
}

export function LegalLinks({ lead, pages }: LegalLinksProps) {
  const { legalPages } = useShop();
  const linked = pages.filter((page) => legalPages.includes(page));
  if (linked.length === 0) return null;
  return (
    <p class="legal-note">
      {lead}{' '}
      {linked.map((page, n) => (
        <>
          {n > 0 && ', '}
          <a href={`/legal/${page}`}>{TEXTS.legal[page]}</a>
        </>
      ))}
    </p>
  );
}
