/** Pages asked of an app of a test's own, with a built page as the client's build leaves one. */
import type { PageData } from '../contract/pages.ts';
import { type Changes, callsTo, depsWith } from './apps.ts';

export const BUILT_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta name="description" content="Of any page." />
    <title>Of any page</title>
    <meta name="words-de" content="/assets/de.js">
    <script type="module" crossorigin src="/assets/index.js"></script>
  </head>
  <body>
    <div id="app"></div>
    <noscript>Of any page.</noscript>
  </body>
</html>`;

const POLICY = "default-src 'none'; script-src 'self'";

/** @returns a call to a page, answered over the real database. */
export function pagesWith(changes: Changes = {}) {
  const site = { builtPage: async () => builtPage(), ...changes.site };
  return callsTo(depsWith({ ...changes, site }));
}

function builtPage(): Response {
  return new Response(BUILT_PAGE, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      ETag: '"of the file"',
    },
  });
}

/** The elements of a page that match, as the platform's own parser finds them. */
export async function elementsOf(html: string, selector: string) {
  const found: { attributes: Record<string, string>; text: string }[] = [];
  await new HTMLRewriter()
    .on(selector, {
      element: ({ attributes }) => {
        found.push({ attributes: Object.fromEntries(attributes), text: '' });
      },
      text: ({ text }) => {
        const last = found.at(-1);
        if (last) last.text += text;
      },
    })
    .transform(new Response(html))
    .text();
  return found;
}

/** What the page brings along for the browser to begin with. */
export async function dataOf(html: string): Promise<PageData> {
  const [block] = await elementsOf(html, '#page-data');
  if (block === undefined) throw new Error('the page has no data');
  return JSON.parse(block.text) as PageData;
}
