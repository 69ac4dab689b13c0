/**
 * `npm run draw:key`: makes a key by which receipts and statements of draws are signed, and rotates it.
 * Prints the value of DRAW_SIGNING_KEYS and nothing else, so that it can be handed to another command.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SIGNING_VARIABLES, type SigningKey, signingKeyOf } from '../worker/config/signing-keys.ts';
import { UserError } from './user-error.ts';

const { form, schema } = SIGNING_VARIABLES.DRAW_SIGNING_KEYS;

const HELP = `npm run draw:key --silent [-- --switch]

Prints a value for the secret DRAW_SIGNING_KEYS. Without that variable in the environment: one new key.
With it: the same keys and a new one behind them, which is published and does not sign yet.
--switch: the last key signs from now on, and the others lose their private parts.`;

export function main(argv: string[]): void {
  const { values } = parseArgs({
    args: argv,
    options: { switch: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(HELP);
  const text = process.env['DRAW_SIGNING_KEYS'];
  console.log(values.switch ? switched(text) : withNewKey(text));
}

/** @param text what the variable is now. @throws UserError */
export function withNewKey(text: string | undefined): string {
  return textOf([...keysIn(text), newKey()]);
}

/** @throws UserError where there is no key to switch to. */
export function switched(text: string | undefined): string {
  const keys = keysIn(text);
  const last = keys.at(-1);
  if (last?.d === undefined) {
    throw new UserError('DRAW_SIGNING_KEYS must be set, and its last key have a private part.');
  }
  return textOf([...keys.slice(0, -1).map(({ x, y }) => ({ x, y })), last]);
}

function keysIn(text: string | undefined): readonly SigningKey[] {
  if (!text) return [];
  const read = schema.safeParse(text);
  // Not repeated here: it is a secret.
  if (!read.success) throw new UserError(`DRAW_SIGNING_KEYS must be ${form.replaceAll('`', '')}.`);
  return read.data;
}

function newKey(): SigningKey {
  for (;;) {
    try {
      return signingKeyOf(randomBytes(32));
    } catch {
      // 0, or not below the order of the curve: about one of four thousand million.
    }
  }
}

/** A member that is undefined is left out. */
function textOf(keys: readonly SigningKey[]): string {
  const text = JSON.stringify({
    keys: keys.map(({ x, y, d }) => ({ kty: 'EC', crv: 'P-256', x, y, d })),
  });
  if (schema.safeParse(text).success) return text;
  throw new UserError(`These would be too many keys: DRAW_SIGNING_KEYS must be ${form}.`);
}
