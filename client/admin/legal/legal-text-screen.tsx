/** `/admin/legal/:page/:language`: one legal text, to be written, looked at and deleted. */
import type { LegalDraft, LegalDraftList } from '../../../worker/contract/legal.ts';
import type { Result } from '../../api/call-problem.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { LANGUAGE_NAMES } from '../../texts/language.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Heading } from '../../ui/heading.tsx';
import { Failed, Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { LegalPlace } from '../api/legal-calls.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { LegalTextForm } from './legal-text-form.tsx';

const EVERY_MS = 60_000;

export function LegalTextScreen({ place }: { place: LegalPlace }) {
  const { legal } = ADMIN_TEXTS;
  const title = legal.editing(TEXTS.legal[place.page], LANGUAGE_NAMES[place.language]);
  useDocumentTitle(title);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled<LegalDraftList>({
    of: 'legal text',
    key: `${place.page}/${place.language}`,
    load: () => admin.legalTexts(),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  const draft = value && draftAt(value, place);
  return (
    <div class="narrow">
      <p class="back">
        <a href="/admin/legal">{legal.allPages}</a>
      </p>
      <Heading>{title}</Heading>
      {!draft && problem && <Failed problem={problem} onRetry={refresh} />}
      {!draft && !problem && <Loading />}
      {draft && (
        <LegalTextForm
          start={draft}
          reload={async (): Promise<Result<LegalDraft>> => {
            const now = await admin.legalTexts();
            if (!now.ok) return now;
            const present = draftAt(now.value, place);
            return present
              ? { ok: true, value: present }
              : { ok: false, problem: { code: 'not_found' } };
          }}
        />
      )}
    </div>
  );
}

function draftAt({ texts }: LegalDraftList, { page, language }: LegalPlace) {
  return texts.find((text) => text.page === page && text.language === language);
}
