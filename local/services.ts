/**
 * `npm run services`: the database and the documents of this machine for a Worker that somebody else
 * starts, such as plain `npx wrangler dev`, and the `.dev.vars` by which it finds them.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBackingServices, type Places } from './backing-services.ts';
import { openDataFolder, writePrivately } from './data-folder.ts';
import { linesOf, mergeDevVars, placesIn } from './dev-vars.ts';
import { SAMPLE_ADMIN } from './sample-data.ts';
import { type LocalSettings, readSettings } from './settings.ts';
import { untilAskedToStop } from './stop-request.ts';

const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));
/** Beside wrangler.toml, where wrangler looks for it. */
const DEV_VARS = join(PROJECT, '.dev.vars');
/** At any port, which the person who starts the Worker chooses. */
const OWN_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

export async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const file = process.env['DEV_VARS'] || DEV_VARS;
  const folder = await openDataFolder(settings.dataFolder);
  const stopAsked = untilAskedToStop();
  const before = await readOrEmpty(file);
  const services = await openBackingServices(settings, folder, await stillFree(placesIn(before)));
  try {
    const variables = { ...services.variables, ALLOWED_HOSTS: allowedHosts(settings) };
    console.log(await writeDevVars(file, before, variables));
    console.log(greeting(services.sampled));
    await stopAsked;
  } finally {
    await services.close();
  }
  process.exit(0);
}

/** @returns what to print about it. */
async function writeDevVars(
  file: string,
  before: string,
  variables: Record<string, string>,
): Promise<string> {
  const name = relative(process.cwd(), file) || file;
  const merged = mergeDevVars(before, variables);
  if (merged.kind === 'ours') {
    await writePrivately(file, merged.text);
    const kept = merged.kept.map((one) => `  ${one} in it is your own, and stays.\n`).join('');
    return `\n  ${name} has what the Worker needs.\n${kept}`.trimEnd();
  }
  const lines = linesOf(merged.lacking);
  return lines === ''
    ? `\n  ${name} is your own and fits.`
    : `\n  ${name} is your own, and stays as it is. For these services set in it:\n\n${lines}`;
}

/** Somebody else may have taken a port since. */
async function stillFree(places: Places): Promise<Places> {
  const { database, documents, hashing, mail, payments } = places;
  return {
    ...(database && { database: { ...database, port: await freeOr0(database.port) } }),
    ...(documents && { documents: { ...documents, port: await freeOr0(documents.port) } }),
    ...(hashing && { hashing: { ...hashing, port: await freeOr0(hashing.port) } }),
    ...(mail && { mail: { ...mail, port: await freeOr0(mail.port) } }),
    ...(payments && { payments: { port: await freeOr0(payments.port) } }),
  };
}

async function freeOr0(port: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return port;
  } catch {
    return 0;
  }
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function allowedHosts({ allowedHosts: further }: LocalSettings): string {
  return [...OWN_HOSTS, ...(further === undefined ? [] : [further])].join(',');
}

function greeting(sampled: boolean): string {
  return `
  The database and the documents are up. In another terminal: npx wrangler dev
  Admin: ${SAMPLE_ADMIN.email} / ${SAMPLE_ADMIN.password} (sample data, this machine only)${
    sampled ? '\n  A sale opens within two minutes, and another is live.' : ''
  }
  Ctrl-C stops them.
`;
}
