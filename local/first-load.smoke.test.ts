import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

/** What a shopper's phone has to fetch and read before the first drop is shown. */
const FIRST_LOAD_BYTES_MAX = 30 * 1_024;

/** What client/lazy/ fetches when it is needed. */
const LAZY =
  /\/worker\/contract\/address|\/client\/(address|admin|announcements|discussion|draw|gallery|legal|orders|page\/fetched-answers|payment|queue|reminders|texts\/lazy|lazy\/(lazy-parts|screen-at|draw-loader|fetched-screen|on-every-page)|sale\/live-socket|reviews\/(?!ratings-place)|account\/(?!store|next-path|use-sign-out)|purchase\/(hold|next-release|own-units|purchase-news|purchase-outcome|share-button|show-item|sold-out-hint))/;

let files: ReturnType<typeof outputOf> = [];

beforeAll(async () => {
  // Else JSX is built as for debugging.
  vi.stubEnv('NODE_ENV', 'production');
  const built = await build({
    configFile: 'client/vite.config.ts',
    logLevel: 'silent',
    build: { write: false },
  });
  files = outputOf(built);
});

afterAll(() => void vi.unstubAllEnvs());

it('gives shoppers a page whose first load is small, and none of the admin’s code', () => {
  const chunks = files.filter((file) => file.type === 'chunk');
  const first = reachedFrom(
    chunks.filter(({ isEntry }) => isEntry),
    chunks,
  );
  const modules = first.flatMap(({ moduleIds }) => moduleIds);
  const bytes = first.reduce((sum, { code }) => sum + gzipSync(code).byteLength, 0);

  expect(first.length).toBeGreaterThan(0);
  expect(modules.filter((id) => LAZY.test(id))).toEqual([]);
  expect(chunks.length, 'the admin’s code is not there at all').toBeGreaterThan(first.length);
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX);
  // The bundler would link these by itself with code that is left out: client/lazy/fetched-once.ts does.
  const unlinked = chunks.filter(({ isEntry, viteMetadata }) => {
    return !isEntry && viteMetadata !== undefined && viteMetadata.importedCss.size > 0;
  });
  expect(unlinked.map(({ fileName }) => fileName)).toEqual([]);
});

it('names the file of each language’s words in the page, for who draws it', () => {
  const page = files.find(({ fileName }) => fileName === 'index.html');
  const html = page?.type === 'asset' ? String(page.source) : '';
  const named = [...html.matchAll(/<meta name="words-([^"]+)" content="\/([^"]+)">/g)];
  expect(named.map(([, language]) => language)).toEqual(['de']);
  const words = files.find(({ fileName }) => fileName === named[0]?.[2]);
  expect(words?.type === 'chunk' && words.code).toContain('Zum Inhalt');
});

type Chunk = Rolldown.OutputChunk;

/** The chunks and all that they import without being asked. */
function reachedFrom(start: Chunk[], chunks: Chunk[]): Chunk[] {
  const reached = new Set(start);
  for (const { imports } of reached) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) reached.add(chunk);
  }
  return [...reached];
}

function outputOf(built: Awaited<ReturnType<typeof build>>) {
  if (Array.isArray(built)) return built.flatMap(({ output }) => output);
  if ('output' in built) return built.output;
  throw new Error('vite is watching instead of building');
}
