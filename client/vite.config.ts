/** How the page is built and, while developing, served. Must not know the Worker's code. */
import { readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

const WORKER = 'http://localhost:8787';

export default defineConfig({
  // Relative to the repository's root, from where every script runs.
  root: 'client',
  plugins: [plainImports(), filesNamed(), drawDocuments()],
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
 * Names files in the page that only some readers need, such as `<meta name="words-de" content="…">` of each
 * language's words, and the styles of a draw: who draws the page for them can have it fetched together with the
 * script that asks for it.
 */
function filesNamed(): Plugin {
  return {
    name: 'files-named',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.values(bundle).flatMap((file) => {
          const name = nameOf(file);
          if (name === undefined) return [];
          const attrs = { name, content: `/${file.fileName}` };
          return [{ tag: 'meta', attrs, injectTo: 'head' as const }];
        }),
    },
  };
}

function nameOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset): string | undefined {
  if (file.type === 'asset') return file.names.includes('draw.css') ? 'styles-draw' : undefined;
  const [, language] = /\/client\/texts\/([\w-]+)\.ts$/.exec(file.facadeModuleId ?? '') ?? [];
  return language && `words-${language}`;
}

/** How a draw is checked without the shop's page: to be read, as text to be kept, and the program to be saved. */
function drawDocuments(): Plugin {
  return {
    name: 'draw-documents',
    generateBundle() {
      const fairness = readFileSync('docs/fairness.md', 'utf8');
      const files = {
        // Served at /fairness.
        'fairness.html': readablePage(fairness),
        'fairness.txt': fairness,
        'verify_draw.py': readFileSync('docs/verify_draw.py', 'utf8'),
      };
      for (const [fileName, source] of Object.entries(files)) {
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
  };
}

/** @param markdown a text of the repository's own, in English, which begins with its title */
function readablePage(markdown: string): string {
  const [title = ''] = markdown.split('\n', 1);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replace(/^# /, '')}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/fairness.css">
</head>
<body>
<main>
<p><a href="/">All drops</a> · <a href="/fairness.txt">This page as plain text</a></p>
${new MarkdownIt().render(markdown)}</main>
</body>
</html>
`;
}
