/** What the API says about itself: its OpenAPI document, and the same as a page to read. */
import { Hono } from 'hono';
import { PAGE_POLICY } from '../http/pipeline/security-headers.ts';
import { revalidated } from '../http/revalidation.ts';

/** It changes with a deployment only, and is asked about again each time. */
const KEPT = { 'Cache-Control': 'public, no-cache' };

export function docsRoutes() {
  return new Hono()
    .use('/openapi.json', revalidated)
    .get('/openapi.json', async (c) => {
      // Loaded at the first request: the start of the Worker does not wait for it.
      const { openApiDocument } = await import('../openapi/document.ts');
      return c.json(openApiDocument(), 200, KEPT);
    })
    .use('/docs', revalidated)
    .get('/docs', async (c) => {
      const { docsPage } = await import('../openapi/page.ts');
      return c.html(docsPage(), 200, { ...KEPT, 'Content-Security-Policy': PAGE_POLICY });
    });
}
