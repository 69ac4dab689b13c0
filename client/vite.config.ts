/** How the page is built and, while developing, served. Must not know the Worker's code. */
import { defineConfig, type Plugin } from 'vite';

const WORKER = 'http://localhost:8787';

export default defineConfig({
  // Relative to the repository's root, from where every script runs.
  root: 'client',
  plugins: [plainImports(), wordsNamed()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // The strict CSP knows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: false,
    // All that a first screen needs in one file, which is less to send than in several.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'main', tags: ['$initial'] }] } },
    },
  },
  server: {
    // The Worker lets none but its own pages use the cookie, and this server's page is one of them.
    proxy: { '/api': { target: WORKER, ws: true, headers: { origin: WORKER } } },
  },
});

/**
 * Leaves `import()` as it is written. The bundler wraps each in code that links the styles of what is
 * imported, more than a kilobyte in the first load; here fetched-once.ts links the few there are.
 */
function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: {
      filter: { id: /^\0vite\/preload-helper\.js$/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
  };
}

/**
 * Names the file of each language's words in the page, such as `<meta name="words-de" content="…">`:
 * who draws the page in that language can have it fetched together with the script that asks for it.
 */
function wordsNamed(): Plugin {
  return {
    name: 'words-named',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.values(bundle).flatMap((file) => {
          const from = file.type === 'chunk' ? (file.facadeModuleId ?? '') : '';
          const [, language] = /\/client\/texts\/([\w-]+)\.ts$/.exec(from) ?? [];
          if (language === undefined) return [];
          const attrs = { name: `words-${language}`, content: `/${file.fileName}` };
          return [{ tag: 'meta', attrs, injectTo: 'head' as const }];
        }),
    },
  };
}
