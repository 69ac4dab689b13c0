/** Why people were refused in a sale, in a seller's words, so that it adds up. Must not count anything anew. */
import { useId } from 'preact/hooks';
import type { EventDashboard } from '../../../worker/contract/administration.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export function Refusals({ refusals }: Pick<EventDashboard, 'refusals'>) {
  const id = useId();
  const { refusals: texts, number, percent } = ADMIN_TEXTS;
  const rows = Object.entries(refusals).toSorted(([, one], [, other]) => other - one);
  const total = rows.reduce((sum, [, tries]) => sum + tries, 0);
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{texts.title}</h2>
      <p class="small-print">{total === 0 ? texts.empty : `${texts.sum(total)} ${texts.hint}`}</p>
      {total > 0 && (
        <table class="figures-table">
          <thead>
            <tr>
              <th scope="col">{texts.columns.reason}</th>
              <th scope="col">{texts.columns.count}</th>
              <th scope="col">{texts.columns.share}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([code, tries]) => (
              <tr key={code}>
                <th scope="row">{reasonOf(code)}</th>
                <td>{number(tries)}</td>
                <td>{percent(tries / total)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{texts.total}</th>
              <td>{number(total)}</td>
              <td>{percent(1)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}

function reasonOf(code: string): string {
  const { reasons, other } = ADMIN_TEXTS.refusals;
  return Object.hasOwn(reasons, code) ? reasons[code as keyof typeof reasons] : other(code);
}
