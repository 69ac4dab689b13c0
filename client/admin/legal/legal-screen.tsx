/** `/admin/legal`: the legal pages, each in each language, leading to where it is written. */
import type { LegalDraft, LegalDraftList, LegalPage } from '../../../worker/contract/legal.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { LANGUAGE_NAMES } from '../../texts/language.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Heading } from '../../ui/heading.tsx';
import { Failed, Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { legalPagesToWrite } from './legal-place.ts';

const EVERY_MS = 60_000;

export function LegalScreen() {
  const { legal } = ADMIN_TEXTS;
  useDocumentTitle(legal.title);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled<LegalDraftList>({
    of: 'legal texts',
    key: '',
    load: () => admin.legalTexts(),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  return (
    <div class="narrow">
      <Heading>{legal.title}</Heading>
      <p class="lead">{legal.lead}</p>
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
      {value &&
        legalPagesToWrite().map((page) => (
          <Page key={page} page={page} texts={value.texts.filter((text) => text.page === page)} />
        ))}
    </div>
  );
}

function Page({ page, texts }: { page: LegalPage; texts: readonly LegalDraft[] }) {
  const isThere = texts.some(({ text }) => text !== null);
  return (
    <section class="row" aria-labelledby={`legal-${page}`}>
      <h2 id={`legal-${page}`} class="row-title">
        {TEXTS.legal[page]}
      </h2>
      {texts.map((draft) => (
        <p key={draft.language}>
          <a href={`/admin/legal/${page}/${draft.language}`}>{LANGUAGE_NAMES[draft.language]}</a>{' '}
          <State draft={draft} isThere={isThere} />
        </p>
      ))}
      {isThere && (
        <p>
          <a href={`/legal/${page}`}>{ADMIN_TEXTS.legal.see}</a>
        </p>
      )}
    </section>
  );
}

function State({ draft, isThere }: { draft: LegalDraft; isThere: boolean }) {
  const { locale } = useShop();
  const { legal } = ADMIN_TEXTS;
  const { text, changedAt } = draft;
  if (text === null || changedAt === null) {
    return <strong>{isThere ? legal.otherShown : legal.missing}</strong>;
  }
  return <span class="row-meta">{legal.changed(formatInstant(changedAt, { locale }))}</span>;
}
