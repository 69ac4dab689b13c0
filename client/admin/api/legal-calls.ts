/** What admins ask of the shop's legal texts. Part of the administration's calls. */
import type { Language } from '../../../worker/contract/languages.ts';
import type {
  LegalDraft,
  LegalDraftList,
  LegalList,
  LegalPage,
} from '../../../worker/contract/legal.ts';
import type { Call, ShopApi } from '../../api/api.ts';
import type { Ask } from './asking.ts';

/** One page in one language. */
export interface LegalPlace {
  readonly page: LegalPage;
  readonly language: Language;
}

export interface LegalCalls {
  /** Which pages there are for everybody to read: seconds old. */
  legalPages(): Call<LegalList>;
  /** Each page in each language, also where there is none. */
  legalTexts(): Call<LegalDraftList>;
  /** @param draft.version what must still be there, 0 for nothing */
  writeLegalText(place: LegalPlace, draft: { text: string; version: number }): Call<LegalDraft>;
  deleteLegalText(place: LegalPlace, version: number): Call<null>;
  previewLegalText(text: string): Call<{ html: string }>;
}

export function legalCalls(ask: Ask, api: Pick<ShopApi, 'asAnyone'>): LegalCalls {
  return {
    legalPages: () => api.asAnyone((client) => client.api.v1.legal.$get()),
    legalTexts: () => ask(({ legal }, as) => legal.$get({}, as)),
    writeLegalText: ({ page, language }, json) =>
      ask(({ legal }, as) =>
        legal[':page'][':language'].$put({ param: { page, language }, json }, as),
      ),
    deleteLegalText: ({ page, language }, version) =>
      ask(({ legal }, as) =>
        legal[':page'][':language'].$delete(
          { param: { page, language }, query: { version: String(version) } },
          as,
        ),
      ),
    previewLegalText: (text) => ask(({ legal }, as) => legal.preview.$post({ json: { text } }, as)),
  };
}
