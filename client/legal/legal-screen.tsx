/** `/legal/:page`: a legal page, for who comes to it from another page of the shop. */
import type { LegalPage, LegalPageText } from '../../worker/contract/legal.ts';
import { legalIn } from '../page/fetched-answers.ts';
import { useShop } from '../shop/shop.ts';
import { usePolled } from '../shop/use-polled.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { LANGUAGE, TEXTS } from '../texts/texts.ts';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { Failed, Loading } from '../ui/page-state.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { LegalText } from './legal-text.tsx';

/** Nobody waits for a change of it. */
const EVERY_MS = 10 * 60_000;

export function LegalScreen({ page }: { page: LegalPage }) {
  useDocumentTitle(TEXTS.legal[page]);
  const { api, initial } = useShop();
  const first = legalIn(initial, page);
  // Whoever followed an address of one language goes on reading that one.
  const language = first?.result.ok ? first.result.value.language : LANGUAGE;
  const { value, problem, refresh } = usePolled<LegalPageText>({
    of: 'legal',
    key: page,
    first,
    load: () =>
      api.asAnyone(({ api: { v1 } }) =>
        v1.legal[':page'].$get({ param: { page }, query: { language } }),
      ),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  if (!value && problem?.code === 'not_found') return <NotFoundScreen />;
  return (
    <LegalText page={page} legal={value} words={LAZY_TEXTS.legal}>
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
    </LegalText>
  );
}
