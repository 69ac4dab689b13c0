/** Nothing that is public of a draw is left untried. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import {
  drawEntrySchema,
  drawReceiptSchema,
  drawSchema,
  drawStatementSchema,
} from '../../contract/draw.ts';
import { DRAW_FINDINGS } from '../../contract/draw-findings.ts';
import { honestPlans } from './honest-draws.ts';
import { publishDraw } from './publish-draw.ts';
import { fieldsOf } from './schema-fields.ts';
import { fieldOf, pathsOf } from './tampered-draw.ts';
import { tamperedDraws } from './tampered-draws.ts';
import { DRAWN } from './tampered-fields.ts';

/** What became of an entry, which nothing proves; and what no checker needs of a key. */
const UNPROVEN = new Set([
  'records[].outcome',
  'records[].reason',
  'keys.keys[].alg',
  'keys.keys[].use',
]);

const SCHEMAS: [string, z.core.$ZodType][] = [
  ['draw', drawSchema],
  ['records[]', drawEntrySchema],
  ['receipts', drawReceiptSchema],
  ...drawStatementSchema.options.map((schema): [string, z.core.$ZodType] => [
    `statements.${schema.shape.type.value}`,
    schema,
  ]),
];

const tampered = tamperedDraws();
const tried = new Set(tampered.flatMap(({ field }) => field ?? []));

it.each(SCHEMAS)('changes each field of the contract: %s', (path, schema) => {
  const left = fieldsOf(schema, path).filter((field) => !tried.has(field));
  expect(left.filter((field) => !UNPROVEN.has(field))).toEqual([]);
});

it('notices a field for which there is no draw', () => {
  const schema = drawSchema.extend({ weather: z.array(z.object({ rain: z.int() })).nullable() });
  const left = fieldsOf(schema, 'draw').filter((field) => !tried.has(field));
  expect(left).toEqual(['draw.weather[].rain']);
  expect(() => fieldsOf(z.object({ when: z.date() }), 'draw')).toThrow('draw.when');
});

it('changes each value of a key', () => {
  const [key = {}] = publishDraw(DRAWN).keys.keys;
  const fields = pathsOf(key).map((path) => fieldOf(`keys.keys[].${path}`));
  const left = fields.filter((field) => !tried.has(field) && !UNPROVEN.has(field));
  expect(left).toEqual([]);
});

it('names no field that there is not', () => {
  const known = new Set(SCHEMAS.flatMap(([path, schema]) => fieldsOf(schema, path)));
  const others = [...tried].filter((field) => !known.has(field));
  expect(others.filter((field) => !field.startsWith('keys.keys[]'))).toEqual([]);
});

it('tampers with each draw in another way', () => {
  const names = tampered.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it('has as many draws of each clause as docs/fairness.md says', () => {
  const text = readFileSync(new URL('../../../docs/fairness.md', import.meta.url), 'utf8');
  const numbers = (pattern: RegExp) => (pattern.exec(text)?.[1] ?? '').split('|').map(Number);
  const clauses = [...new Set(Object.values(DRAW_FINDINGS))];
  expect(numbers(/^\| Clause \|( 0 .+)\|$/m)).toEqual(clauses);
  expect(numbers(/^\| Tampered draws \|(.+)\|$/m)).toEqual(
    clauses.map((clause) => tampered.filter(({ code }) => DRAW_FINDINGS[code] === clause).length),
  );
  expect(numbers(/(\d+)\s+tampered\s+draws/)).toEqual([tampered.length]);
  expect(numbers(/(\d+)\s+honest\s+draws/)).toEqual([Object.keys(honestPlans()).length]);
});
