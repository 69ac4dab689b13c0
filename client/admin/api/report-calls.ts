/** What admins ask of the report of an event, typed. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { Call } from '../../api/api.ts';
import type { Ask } from './asking.ts';

export interface ReportCalls {
  /** Whether everybody may read it once the event is closed. */
  switchReport(id: string, reportPublic: boolean): Call<AdminEvent>;
}

export function reportCalls(ask: Ask): ReportCalls {
  return {
    switchReport: (id, reportPublic) =>
      ask(({ events }, as) =>
        events[':id'].report.$put({ param: { id }, json: { reportPublic } }, as),
      ),
  };
}
