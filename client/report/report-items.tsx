/** Of a report: each item's own figures as a table. */
import { itemTitle } from '../format/item-title.ts';
import { number } from '../texts/numbers.ts';
import { ReportPart, type ReportViewProps } from './report-part.tsx';
import { durationText } from './report-words.ts';

export function ItemsTable({ report: { items }, words }: ReportViewProps) {
  const { title, item: name, sold, soldOut, no } = words.items;
  return (
    <ReportPart title={title} from="units" words={words}>
      <table class="report-table report-items">
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col">{sold}</th>
            <th scope="col">{words.units.total}</th>
            <th scope="col">{soldOut}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ eventItemId, units, soldOutAfterMs, ...item }) => (
            <tr key={eventItemId}>
              <th scope="row" dir="auto">
                {itemTitle(item.name, item.variantLabel)}
              </th>
              <td>{number(units.soldAtOnce + units.soldAfterComingBack)}</td>
              <td>{number(units.total)}</td>
              <td>{soldOutAfterMs === null ? no : durationText(soldOutAfterMs, words)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ReportPart>
  );
}
