import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it('a line of CSV quotes what would break it', () => {
  expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines', null, -1])).toBe(
    'a,"b,c","say ""x""","two\nlines",,-1\r\n',
  );
});

it('a cell that looks like a formula is text to a spreadsheet', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x","y")']) {
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
  }
  expect(csvLine(['a=1', ' =1'])).toBe('a=1, =1\r\n');
});
