/**
 * `npm run admin:create -- EMAIL [NAME]`: makes an admin in the Postgres of DATABASE_URL, this
 * machine's or Neon's; the password is asked for, never given.
 */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { hashPassword } from '../worker/auth/passwords.ts';
import { SCRYPT_COST_DEFAULT } from '../worker/config/scrypt-cost.ts';
import { registerSchema } from '../worker/contract/accounts.ts';
import { makeUserId } from '../worker/contract/ids.ts';
import { insertAdmin } from '../worker/stores/postgres/account-trail.ts';
import { assertReady, openDatabase } from './database.ts';
import { readSettings } from './settings.ts';
import { UserError } from './user-error.ts';

const USAGE =
  'Usage: DATABASE_URL=postgres://… npm run admin:create -- EMAIL [NAME]\n' +
  'The password is asked for, or taken from the first line of standard input.';

/** Who made the admin, in the audit log. */
const ACTOR = 'npm run admin:create';

export async function main(args: string[]): Promise<void> {
  const [email, displayName = 'Admin', ...others] = args;
  const { databaseUrl } = readSettings(process.env);
  // A name of two words without quotes, or a flag, is a mistake and no name.
  const isMistaken = others.length > 0 || args.some((arg) => arg.startsWith('-'));
  if (email === undefined || databaseUrl === undefined || isMistaken) throw new UserError(USAGE);
  const account = registerSchema.safeParse({ email, displayName, password: await askPassword() });
  if (!account.success) {
    const faults = account.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new UserError(faults.join('\n'));
  }
  const { password, ...fields } = account.data;
  const database = await openDatabase({ databaseUrl });
  try {
    await assertReady(database.db);
    const id = makeUserId(Date.now(), (bytes) => crypto.getRandomValues(bytes));
    const passwordHash = await hashPassword(password, SCRYPT_COST_DEFAULT);
    const admin = {
      ...fields,
      id,
      role: 'admin',
      passwordHash,
      emailVerifiedAt: new Date(),
    } as const;
    if (!(await insertAdmin(database.db, admin, ACTOR))) {
      throw new UserError(`${fields.email} has an account already.`);
    }
    console.log(`${fields.email} is an admin now, in ${nameOf(databaseUrl)}.`);
  } finally {
    await database.close();
  }
}

/** Which database it was, without who was let into it. */
function nameOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

async function askPassword(): Promise<string> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY) {
    for await (const line of createInterface({ input: stdin })) return line;
    return '';
  }
  stdout.write('Password: ');
  // Readline echoes what is typed; into nothing, so that the password is not seen.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: stdin, output: silent, terminal: true });
  const password = await prompt.question('');
  prompt.close();
  stdout.write('\n');
  return password;
}
