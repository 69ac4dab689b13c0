/** What admins ask of what the shop shows of its seller: its face, and its legal texts. Part of the administration's calls. */
import type { Face, FaceInput } from '../../../worker/contract/face.ts';
import type { Call, ShopApi } from '../../api/api.ts';
import type { Ask } from './asking.ts';
import { type LegalCalls, legalCalls } from './legal-calls.ts';

export interface SellerCalls extends LegalCalls {
  face(): Call<Face>;
  /** @param version what must still be there, 0 for nothing */
  writeFace(face: FaceInput, version: number): Call<Face>;
}

export function sellerCalls(ask: Ask, api: Pick<ShopApi, 'asAnyone'>): SellerCalls {
  return {
    ...legalCalls(ask, api),
    face: () => ask(({ shop }, as) => shop.$get({}, as)),
    writeFace: (face, version) =>
      ask(({ shop }, as) => shop.$put({ json: { ...face, version } }, as)),
  };
}
