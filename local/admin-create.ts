/** `npm run admin:create -- EMAIL [NAME]`: makes an admin; the password is asked for, never given. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { hashPassword } from '../worker/auth/passwords.ts';
import { SCRYPT_COST_DEFAULT } from '../worker/auth/scrypt-cost.ts';
import { registerSchema } from '../worker/contract/accounts.ts';
import { makeUserId } from '../worker/contract/ids.ts';
import { insertUser } from '../worker/stores/users.ts';
import { assertReady, openDatabase } from './database.ts';
import { Explained } from './explained.ts';
import { readSettings } from './settings.ts';

export async function main(args: string[]): Promise<void> {
  const [email, displayName = 'Admin'] = args;
  const { databaseUrl } = readSettings(process.env);
  if (email === undefined || databaseUrl === undefined) {
    throw new Explained(
      'Usage: DATABASE_URL=postgres://… npm run admin:create -- EMAIL [NAME]\n' +
        'The password is asked for, or taken from the first line of standard input.',
    );
  }
  const account = registerSchema.safeParse({ email, displayName, password: await askPassword() });
  if (!account.success) {
    const faults = account.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Explained(faults.join('\n'));
  }
  const { password, ...fields } = account.data;
  const database = await openDatabase({ databaseUrl });
  try {
    await assertReady(database.db);
    const user = await insertUser(database.db, {
      ...fields,
      id: makeUserId(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
      role: 'admin',
      passwordHash: await hashPassword(password, SCRYPT_COST_DEFAULT),
    });
    if (user === undefined) throw new Explained(`${fields.email} has an account already.`);
    console.log(`${user.email} is an admin now.`);
  } finally {
    await database.close();
  }
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
