import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registerSchema } from './accounts.ts';
import { FREQUENT_PASSWORDS } from './frequent-passwords.ts';
import { isSamePassword, type PasswordFault, passwordFault } from './password-rules.ts';

const OWNER = { email: 'grace.hopper@navy.example', displayName: 'Grace Hopper' };

const REFUSED: Record<Exclude<PasswordFault, 'unchanged'>, string[]> = {
  too_short: [
    'short',
    ' '.repeat(8),
    '\u200b'.repeat(8),
    '\u00ad\u2060\ufeff\u200d\u180e\u3164\u2800\u115f',
    `kurz${'\u200b'.repeat(8)}`,
    'a         b',
    '\u00a0\u2003\u3000\t\u2028 x y',
    'cafe\u0301 cre\u0300',
  ],
  too_common: [
    'password',
    'PASSWORD',
    'Password1',
    'Password123!',
    'P@ssw0rd',
    'passw0rd2024',
    '\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44',
    'pass\u200bword',
    'p a s s w o r d',
    'iloveyou',
    'trustno1',
    'sunshine',
    'baseball!',
    'Football2026',
    'letmein1',
    'Letmein2024!',
    'welcome1',
    'Welcome2026!',
    'dragon123',
    'princess1',
    'superman',
    '1q2w3e4r',
    'zaq12wsx',
    'passwort',
    'changeme',
    'starwars',
    'secret12',
    'Login2026!',
    'google123',
    'Sommer2026!',
    'geheim123',
    'contraseña1',
    'пароль123',
    'pass_word-1',
    'base ball.2',
    '1qaz@wsx',
    'Zaq1@WSX',
    '!@#$%^&*',
  ],
  too_simple: [
    'aaaaaaaa',
    '00000000',
    '\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9',
    'abababab',
    'abcabcabc',
    'abcdefgh',
    'hgfedcba',
    'ABCDEFGH1',
    'bcdefghij',
    '23456789',
    '98765432',
    'йцукенгш',
    'dfghjkl;',
    'lkjhgfdsa',
    'yxcvbnm,.',
    'aaaabbbb',
    'zzzzyyyyxxxx',
    'aaaaaaaaaaaaaaaaaaaa1',
  ],
  too_personal: [
    'SwiftDrop',
    'swiftdrop1',
    'SwiftDrop1',
    'Swift-Drop 2026!',
    '5wiftDr0p',
    '!!swiftdrop!!',
    'grace.hopper@navy.example',
    'gracehopper',
    'Grace Hopper 1',
    'hoppergrace',
    'Hopper1906',
    'hopper@navy',
    'Gr4ceH0pper',
  ],
};

const ACCEPTED = [
  'correct horse',
  'battery staple',
  'paper clip box',
  'Tr0ub4dor&3',
  'grace.hopper.loves.compilers',
  'swiftdrop sells my shoes',
  'Z\u00fcrich im Regen',
  '\u043f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440 \u0438 \u043b\u0435\u0441',
  '\u65e5\u672c\u8a9e\u306e\u9577\u3044\u5408\u8a00\u8449',
  '\ud83d\udc0e\ud83d\udd0b\ud83e\uddf7\u2705\ud83d\udea2\ud83c\udfb2\ud83c\udf4b\ud83e\udded',
  'kx7#Vq2m',
  '7f3a9c1e-55b2-4d0e-8a61-2f9be04c7d13',
];

describe.each(Object.entries(REFUSED))('a password is %s', (fault, passwords) => {
  it.each(passwords)('like %j', (password) => {
    expect(passwordFault(password, OWNER)).toBe(fault);
  });
});

it.each(ACCEPTED)('a password may be %j', (password) => {
  expect(passwordFault(password, OWNER)).toBeUndefined();
});

it('every entry of the list is refused, however it is written', () => {
  const entries = FREQUENT_PASSWORDS.trim().split(/\s+/);
  expect(entries.length).toBeGreaterThan(3_000);
  expect(new Set(entries).size).toBe(entries.length);
  for (const entry of entries) {
    expect(passwordFault(entry), entry).toBe('too_common');
    expect(passwordFault(entry.toUpperCase()), entry).toBe('too_common');
  }
});

it('random passwords of twelve characters are not refused', () => {
  const char = fc.constantFrom(...Array.from('abcdefghijkmnpqrstuvwxyz23456789#%+'));
  const random = fc.array(char, { minLength: 12, maxLength: 12 }).map((chars) => chars.join(''));
  fc.assert(
    fc.property(
      random,
      (password) => new Set(password).size < 8 || !passwordFault(password, OWNER),
    ),
  );
});

it('two spellings of one text are the same password', () => {
  expect(isSamePassword('caf\u00e9 creme', 'cafe\u0301 creme')).toBe(true);
  expect(isSamePassword('correct horse', 'Correct horse')).toBe(false);
});

it('a registration names the field at fault', () => {
  const { error } = registerSchema.safeParse({ ...OWNER, password: 'GraceHopper1' });
  expect(error?.issues).toMatchObject([{ path: ['password'], params: { reason: 'too_personal' } }]);
});
