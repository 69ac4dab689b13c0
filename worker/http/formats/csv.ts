/** CSV (RFC 4180) that a spreadsheet shows and never runs. */
import { isolated } from '../../contract/visible-text.ts';

/** At the head of a file: without it Excel takes umlauts for something else. */
export const BYTE_ORDER_MARK = '\ufeff';

/** What a spreadsheet may pass over before it takes a sign for the beginning of a formula. */
const PASSED_OVER = String.raw`[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]*`;
/** What begins one, also as NFKC has it, such as \uff1d. */
const FORMULA = new RegExp(`^(?:${PASSED_OVER}[=+@\\-\u2212]|[\t\r\n])`, 'u');

/** One line, with its line end. A text that looks like a formula gets an apostrophe in front. */
export function csvLine(cells: (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = `${isFormula(cell) ? "'" : ''}${isolated(cell)}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function isFormula(text: string): boolean {
  return FORMULA.test(text) || FORMULA.test(text.normalize('NFKC'));
}
