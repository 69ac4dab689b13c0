import { describe, expect, it } from 'vitest';
import { emailSchema } from './email.ts';

const LOCAL_MAX = 'a'.repeat(64);
const DOMAIN_LONG = `${'d'.repeat(63)}.${'d'.repeat(63)}.${'d'.repeat(55)}.com`;

describe('an e-mail address', () => {
  it.each([
    ['ada@example.com'],
    ['ada@xn--bcher-kva.example'],
    ['ada@xn--e1afmkfd.xn--p1ai'],
    ['a/b@example.com'],
    ['a&b@example.com'],
    ['a!b%c=d#e@example.com'],
    ["o'neill+shop@example.co.uk"],
    ['{a|b}~`^*?$@example.com'],
    ['.a..b.@example.com'],
    ['ada@localhost'],
    ['ada@123.example'],
    [`${LOCAL_MAX}@example.com`],
    [`a@${DOMAIN_LONG}`],
  ])('may be %s', (address) => {
    expect(emailSchema.parse(address)).toBe(address);
  });

  it.each([
    ['Grace@Example.COM', 'grace@example.com'],
    ['  ada@example.com ', 'ada@example.com'],
    ['Ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai'],
    ['ada@bücher。example', 'ada@xn--bcher-kva.example'],
  ])('written as %s is the account of %s', (typed, kept) => {
    expect(emailSchema.parse(typed)).toBe(kept);
  });

  it.each([
    ['ada'],
    ['@example.com'],
    ['ada@'],
    ['ada@example..com'],
    ['ada@-example.com'],
    ['ada@exa_mple.com'],
    ['ada@example.com.'],
    ['ada @example.com'],
    ['ada@@example.com'],
    ['"ada"@example.com'],
    ['ada@[127.0.0.1]'],
    ['ädа@example.com'],
    ['ada@bü cher.example'],
    ['ada@bücher.example/x'],
    ['ada@bücher.example:80'],
    [`a${LOCAL_MAX}@example.com`],
    [`ada@${'d'.repeat(64)}.com`],
    [`${LOCAL_MAX}@${DOMAIN_LONG}x.com`],
  ])('may not be %s', (address) => {
    expect(emailSchema.safeParse(address).success).toBe(false);
  });
});
