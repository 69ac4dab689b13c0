/** The language that was chosen on the page, stored for one's mails too. Must not draw. */
import { isUnsettled } from '../api/call-problem.ts';
import { type Drafts, LANGUAGE_DRAFT } from '../page/drafts.ts';
import { LANGUAGES } from '../texts/language.ts';
import type { AccountApi } from './account-api.ts';

export interface MailLanguagePorts {
  readonly api: Pick<AccountApi, 'setLanguage'>;
  readonly drafts: Pick<Drafts, 'read' | 'write'>;
}

/** For whoever is signed in. Where no answer comes, the next page tries it again. */
export async function storeMailLanguage({ api, drafts }: MailLanguagePorts): Promise<void> {
  const chosen = drafts.read(LANGUAGE_DRAFT);
  const language = LANGUAGES.find((one) => one === chosen);
  if (language === undefined) return;
  const result = await api.setLanguage({ language });
  if (!result.ok && isUnsettled(result.problem)) return;
  if (drafts.read(LANGUAGE_DRAFT) === chosen) drafts.write(LANGUAGE_DRAFT, '');
}
