/** What admins ask of the cancelling of an event, typed. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { CancelPreview } from '../../../worker/contract/cancellation.ts';
import type { Call } from '../../api/api.ts';
import type { Ask } from './asking.ts';

export interface CancelCalls {
  /** What it would end. */
  previewCancel(id: string): Call<CancelPreview>;
  /** For good, and once: again it tells how far what follows has come. */
  cancelEvent(id: string, reason: string): Call<AdminEvent>;
}

export function cancelCalls(ask: Ask): CancelCalls {
  return {
    previewCancel: (id) =>
      ask(({ events }, as) => events[':id'].cancel.$get({ param: { id } }, as)),
    cancelEvent: (id, reason) =>
      ask(({ events }, as) => events[':id'].cancel.$post({ param: { id }, json: { reason } }, as)),
  };
}
