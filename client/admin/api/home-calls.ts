/** What admins ask for the console's home: what is going on, and revenue over time. Part of the administration's calls. */
import type { Home } from '../../../worker/contract/home.ts';
import type { Revenue, RevenueStep } from '../../../worker/contract/revenue.ts';
import type { Call } from '../../api/api.ts';
import { type Ask, asFile } from './asking.ts';

export interface RevenueRange {
  /** The first and the last day, `YYYY-MM-DD`, as clocks in the zone have them. */
  readonly from: string;
  readonly to: string;
  readonly by: RevenueStep;
  /** IANA name. */
  readonly timeZone: string;
}

export interface HomeCalls {
  readHome(): Call<Home>;
  readRevenue(range: RevenueRange): Call<Revenue>;
  /** The same as CSV. */
  exportRevenue(range: RevenueRange): Call<Blob>;
}

export function homeCalls(ask: Ask): HomeCalls {
  return {
    readHome: () => ask(({ home }, as) => home.$get({}, as)),
    readRevenue: (range) => ask(({ revenue }, as) => revenue.$get({ query: { ...range } }, as)),
    exportRevenue: (range) =>
      ask(async (admin, as) =>
        asFile(await admin['revenue.csv'].$get({ query: { ...range } }, as)),
      ),
  };
}
