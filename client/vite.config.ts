/** How the page is built and, while developing, served. Must not know the Worker's code. */
import { defineConfig } from 'vite';

const WORKER = 'http://localhost:8787';

export default defineConfig({
  // Relative to the repository's root, from where every script runs.
  root: 'client',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // The strict CSP knows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  server: {
    // The Worker lets none but its own pages use the cookie, and this server's page is one of them.
    proxy: { '/api': { target: WORKER, ws: true, headers: { origin: WORKER } } },
  },
});
