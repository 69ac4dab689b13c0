import { expect, test } from 'vitest';
import { countRecords } from './csv-records.ts';

test.each([
  ['nothing', '', 0],
  ['a header alone', 'order_number,name\r\n', 0],
  ['two records', 'order_number,name\r\n1,Maja\r\n2,Ben\r\n', 2],
  ['cells with line breaks and quotes', 'a,b\r\n1,"two\r\nlines"\r\n2,"a ""b""\r\nc"\r\n', 2],
  ['letters of several bytes', '\ufeffa\r\n"Straße\nü"\r\n', 1],
])('a file of %s is counted', async (_what, text, count) => {
  expect(await countRecords(new Blob([text]))).toBe(count);
});
