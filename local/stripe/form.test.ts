import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Form, nameOf, parseForm } from './form.ts';

const name = fc.string({ minLength: 1, maxLength: 8 }).filter((one) => !/[[\]]/.test(one));
const form = fc.letrec<{ form: Form }>((tie) => ({
  form: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, fc.string(), tie('form')), {
    minKeys: 1,
    maxKeys: 3,
  }),
})).form;

function pairsOf(given: Form, path: string[] = []): [string, string][] {
  return Object.entries(given).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[nameOf([...path, key]), value]] : pairsOf(value, [...path, key]),
  );
}

describe('form-encoded parameters', () => {
  it('are read as they were nested', () => {
    fc.assert(
      fc.property(form, (given) => {
        const read = parseForm(new URLSearchParams(pairsOf(given)).toString());
        expect(JSON.stringify(read)).toBe(JSON.stringify(given));
      }),
    );
  });

  it('count up in lists without numbers', () => {
    expect(JSON.stringify(parseForm('a[]=x&a[]=y'))).toBe('{"a":{"0":"x","1":"y"}}');
  });

  it('may have any name', () => {
    expect(Object.keys(parseForm('__proto__[a]=1&constructor=2'))).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  it.each([
    ['a=1&a=2', 'twice'],
    ['a=1&a[b]=2', 'a text and an object'],
    ['a[b]=1&a=2', 'twice'],
    ['[a]=1', 'Invalid name'],
    ['a]=1', 'Invalid name'],
    ['a[b=1', 'Invalid name'],
    ['a[b][[c]]=1', 'Invalid name'],
  ])('are refused as %s', (text, fault) => {
    expect(() => parseForm(text)).toThrow(fault);
  });

  it('have a limit of depth and of number', () => {
    expect(() => parseForm(`a${'[b]'.repeat(7)}=1`)).not.toThrow();
    expect(() => parseForm(`a${'[b]'.repeat(8)}=1`)).toThrow('deep');
    expect(() => parseForm(many(1_000))).not.toThrow();
    expect(() => parseForm(many(1_001))).toThrow('1000');
  });
});

function many(count: number): string {
  return Array.from({ length: count }, (_, n) => `a${n}=`).join('&');
}
