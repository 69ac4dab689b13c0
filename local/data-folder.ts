/** The folder of the local data: where things lie in it, and the secrets made on the first start. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, UserError } from './user-error.ts';

const SECRET_BYTES = 32;
const ONLY_THE_OWNER = 0o600;

const secretsSchema = z.object({
  /** Signs access tokens, so that signed-in shoppers stay so over a restart. */
  jwtSecret: z.string().min(SECRET_BYTES),
});

/** Of a folder that is made here: it holds secrets and customers' data. */
const FOLDER_MODE = 0o700;

export interface DataFolder {
  /** The embedded Postgres. */
  postgres: string;
  /** The embedded MongoDB's documents. */
  documents: string;
  /** The mails that the shop sent, a file each. */
  mail: string;
  /** What the local payment provider knows of its pretended money. */
  payments: string;
  /** Where the Worker's runtime keeps its objects. */
  worker: string;
  /** Where the previews' runtime keeps the pictures that it drew. */
  previews: string;
  /** The Worker's variables, for `wrangler dev --env-file`. */
  workerVariables: string;
  secrets: z.infer<typeof secretsSchema>;
}

/** @throws UserError if the folder cannot be made, read or understood. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  try {
    await mkdir(path, { recursive: true, mode: FOLDER_MODE });
    return {
      postgres: join(path, 'postgres'),
      documents: join(path, 'documents.sqlite'),
      mail: join(path, 'mail'),
      payments: join(path, 'payments.json'),
      worker: join(path, 'worker'),
      previews: join(path, 'previews'),
      workerVariables: join(path, 'worker.env'),
      secrets: await readOrMakeSecrets(join(path, 'secrets.json')),
    };
  } catch (error) {
    throw new UserError(
      `The data folder ${path} cannot be used: ${messageOf(error)}. ` +
        'Repair or remove it, or name another one in SWIFTDROP_DATA.',
    );
  }
}

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivately(path: string, text: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: ONLY_THE_OWNER });
  await rename(`${path}.new`, path);
}

async function readOrMakeSecrets(path: string): Promise<DataFolder['secrets']> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text !== undefined) return parseSecrets(text);
  const secrets = { jwtSecret: randomBytes(SECRET_BYTES).toString('base64url') };
  await writePrivately(path, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

function parseSecrets(text: string): DataFolder['secrets'] {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new Error('secrets.json is damaged');
  }
}
