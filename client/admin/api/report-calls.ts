/** What admins ask of the report of an event, typed. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { Report } from '../../../worker/contract/report.ts';
import type { Call } from '../../api/api.ts';
import { type Ask, asFile } from './asking.ts';

export interface ReportCalls {
  /** Public or not, over or not. */
  readReport(id: string): Call<Report>;
  /** The same as CSV. */
  exportReport(id: string): Call<Blob>;
  /** Whether everybody may read it once the event is closed. */
  switchReport(id: string, reportPublic: boolean): Call<AdminEvent>;
}

export function reportCalls(ask: Ask): ReportCalls {
  return {
    readReport: (id) => ask(({ events }, as) => events[':id'].report.$get({ param: { id } }, as)),
    exportReport: (id) =>
      ask(async ({ events }, as) =>
        asFile(await events[':id']['report.csv'].$get({ param: { id } }, as)),
      ),
    switchReport: (id, reportPublic) =>
      ask(({ events }, as) =>
        events[':id'].report.$put({ param: { id }, json: { reportPublic } }, as),
      ),
  };
}
