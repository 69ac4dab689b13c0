/** A copy of a folder of the Worker with one file changed, to be played in place of the real one. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Mutation, mutate } from './mutation.ts';

const RELATIVE_IMPORT = /from '(\.[^']+)'/g;

/**
 * What the folder's files import from outside it is not copied.
 * @param mutation its `file` is named from the folder on.
 * @param to an empty folder.
 * @returns what loads one of the copied files.
 */
export async function copyMutated(
  from: URL,
  mutation: Mutation & { file: string },
  to: string,
): Promise<<Module>(name: string) => Promise<Module>> {
  const entries = await readdir(from, { recursive: true });
  for (const name of entries.filter((entry) => /^[a-z0-9/-]+\.ts$/.test(entry))) {
    const at = new URL(name, from);
    const text = await readFile(at, 'utf8');
    const mutated = name === mutation.file ? mutate(text, mutation) : text;
    await mkdir(dirname(join(to, name)), { recursive: true });
    await writeFile(join(to, name), mutated.replaceAll(RELATIVE_IMPORT, outsideByUrl(from, at)));
  }
  return async <Module>(name: string) =>
    (await import(pathToFileURL(join(to, name)).href)) as Module;
}

/** Makes imports of files outside the folder absolute. */
function outsideByUrl(from: URL, at: URL): (whole: string, path: string) => string {
  return (whole, path) => {
    const { href } = new URL(path, at);
    return href.startsWith(from.href) ? whole : `from '${href}'`;
  };
}
