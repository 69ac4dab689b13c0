import { describe, expect, it } from 'vitest';
import { writeUnionPlainly } from './plain-unions.ts';

function plainly(schema: object): object {
  writeUnionPlainly(schema);
  return schema;
}

describe('a union', () => {
  it('of strings that differ in their pattern is one string with either pattern', () => {
    const ids = [
      { type: 'string', pattern: '^itm_.$' },
      { type: 'string', pattern: '^evt_.$' },
    ];
    expect(plainly({ anyOf: ids, description: 'An id.' })).toEqual({
      type: 'string',
      pattern: '^itm_.$|^evt_.$',
      description: 'An id.',
    });
  });

  it('of a limited value and null keeps its limits and its own description', () => {
    const at = { type: 'string', format: 'date-time', description: 'A time.' };
    expect(plainly({ anyOf: [at, { type: 'null' }], description: 'When it ended.' })).toEqual({
      type: ['string', 'null'],
      format: 'date-time',
      description: 'When it ended.',
    });
  });

  it.each([
    [{ type: 'string', enum: ['a'] }, { type: 'null' }],
    [{ $ref: '#/components/schemas/Order' }, { type: 'null' }],
    [{ type: 'object', properties: {} }, { type: 'null' }],
    [{ type: 'string', pattern: '^a$' }, { type: 'integer' }],
    [
      { type: 'string', pattern: '^a$', maxLength: 1 },
      { type: 'string', pattern: '^b$' },
    ],
  ])('of anything else stays as it is: %j, %j', (...anyOf) => {
    expect(plainly({ anyOf })).toEqual({ anyOf });
  });
});
