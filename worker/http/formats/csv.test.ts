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
  expect(csvLine(['a=1', 'a-b', '1+1'])).toBe('a=1,a-b,1+1\r\n');
});

it.each(['\uff1d1', '\uff0b1', '\uff0d1', '\uff201', '\u22121', '\ufe62\u0031', '\u207c1'])(
  'a sign of another width or place, as in %j, is one too',
  (text) => {
    expect(csvLine([text])).toBe(`'${text}\r\n`);
  },
);

it.each([
  ' ',
  '\u00a0',
  '\u3000',
  '\u200b',
  '\ufeff',
  '\u2060',
  '\u00ad',
  '\t',
  '\v',
  '\u0000',
  '\u200e',
])('a formula behind %j is one too', (before) => {
  for (const sign of ['=', '+', '-', '@', '\uff1d']) {
    expect(csvLine([`${before}${before}${sign}1`])).toMatch(/^'/);
  }
});

it('a formula behind a line break is one too, in its quotes', () => {
  expect(csvLine(['\r\n=1'])).toMatch(/^"'/);
});

it('a text from right to left leaves the order of the cells around it', () => {
  expect(csvLine(['a', 'שלום', 1])).toBe('a,\u2068שלום\u2069,1\r\n');
  expect(csvLine(['a', '=שלום', 1])).toBe("a,'\u2068=שלום\u2069,1\r\n");
  expect(csvLine(['=a\u202eb', 1])).toBe("'=ab,1\r\n");
});
