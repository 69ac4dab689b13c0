/** A warning while the shop lacks legal pages, with the way to write them. Draws nothing without. */
import type { LegalList } from '../../../worker/contract/legal.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { TEXTS } from '../../texts/texts.ts';
import { useAdmin } from '../api/admin-context.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { legalPagesToWrite } from './legal-place.ts';

/** It changes by hand alone. */
const EVERY_MS = 60_000;

export function LegalAttention() {
  const admin = useAdmin();
  const { value } = usePolled<LegalList>({
    of: 'legal pages',
    key: '',
    load: () => admin.legalPages(),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  if (value === null) return null;
  const there = new Set(value.pages.map(({ page }) => page));
  const missing = legalPagesToWrite().filter((page) => !there.has(page));
  if (missing.length === 0) return null;
  const { legal } = ADMIN_TEXTS;
  return (
    <section class="notice" aria-labelledby="legal-attention">
      <h2 id="legal-attention" class="notice-title">
        {legal.attention}
      </h2>
      <p>
        {legal.attentionBody(missing.map((page) => TEXTS.legal[page]).join(', '))}{' '}
        <a href="/admin/legal">{legal.attentionAction}</a>
      </p>
    </section>
  );
}
