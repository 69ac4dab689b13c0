/** Reads the source files below some folders, with what each one imports. Knows no rule about them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface Source {
  /** From the root of the tree, with slashes. */
  path: string;
  text: string;
  imports: Import[];
}

export interface Import {
  path: string;
  typeOnly: boolean;
}

const STATEMENT =
  /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']+)'|(?:^import\s+|\bimport\()\s*'(\.[^']+)'/gm;

export function readSources(root: string, folders: readonly string[]): Source[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesBelow(join(root, folder)))
    .map((file) => readSource(root, file));
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$|(^|\/)testing\//.test(path);
}

/** The text without its comments. */
export function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

/** Without what tools put there, and take away while this reads. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    const isSource = /\.(ts|tsx|js|css|sql)$/.test(entry.name) && !entry.name.endsWith('.d.ts');
    return entry.isFile() && isSource ? [path] : [];
  });
}

function readSource(root: string, file: string): Source {
  const text = readFileSync(file, 'utf8');
  const imports = /\.(css|sql)$/.test(file) ? [] : importsOf(text, relative(root, dirname(file)));
  return { path: relative(root, file), text, imports };
}

/** What a file in `folder` imports by a relative path; types and late imports count too. */
export function importsOf(text: string, folder: string): Import[] {
  return [...text.matchAll(STATEMENT)].map(([, type, from, bare]) => ({
    path: relative('/', resolve('/', folder, (from ?? bare ?? '').replace('?url', ''))),
    typeOnly: type !== undefined,
  }));
}
