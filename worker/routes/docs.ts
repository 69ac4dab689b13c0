/** What the API says about itself: its OpenAPI document, and the same as a page to read. */
import { Hono } from 'hono';
import { PAGE_POLICY } from '../http/pipeline/security-headers.ts';
import { hashOf } from '../http/request-hash.ts';
import { revalidated } from '../http/revalidation.ts';

/** It changes with a deployment only, and is asked about again each time. */
const KEPT = { 'Cache-Control': 'public, no-cache' };

/** With its tag, which `revalidated` would compute for each request: that takes longer than all else. */
interface Written {
  text: string;
  ETag: string;
}

/** Once per isolate; many that ask at first may each write it. */
let description: Written | undefined;
let page: Written | undefined;

export function docsRoutes() {
  return new Hono()
    .use('/openapi.json', revalidated)
    .get('/openapi.json', async (c) => {
      description ??= await writeDescription();
      const { text, ETag } = description;
      return c.body(text, 200, { ...KEPT, ETag, 'Content-Type': 'application/json' });
    })
    .use('/docs', revalidated)
    .get('/docs', async (c) => {
      page ??= await writePage();
      const { text, ETag } = page;
      return c.html(text, 200, { ...KEPT, ETag, 'Content-Security-Policy': PAGE_POLICY });
    });
}

// Loaded at the first request: the start of the Worker does not wait for them.

async function writeDescription(): Promise<Written> {
  const { openApiDocument } = await import('../openapi/document.ts');
  return written(JSON.stringify(openApiDocument()));
}

async function writePage(): Promise<Written> {
  const { docsPage } = await import('../openapi/page.ts');
  return written(String(await docsPage()));
}

async function written(text: string): Promise<Written> {
  return { text, ETag: `W/"${await hashOf(text)}"` };
}
