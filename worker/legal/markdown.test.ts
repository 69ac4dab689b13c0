/** What an attacker who may write a legal text could try, and what ordinary writers need. */
import fc from 'fast-check';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { LEGAL_CHARS_MAX } from '../contract/legal.ts';
import { renderMarkdown } from './markdown.ts';

const SHOP = 'https://shop.example';
const TAGS =
  'a blockquote br code em h2 h3 h4 h5 h6 hr li ol p pre strong s table tbody td th thead tr ul';
const ALLOWED_TAGS = new Set(TAGS.split(' '));
const ALLOWED_PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:']);

const { document } = new Window({ url: SHOP });

/** The elements of a text, as a browser would have them. */
function elementsOf(text: string) {
  document.body.innerHTML = renderMarkdown(text);
  return [...document.body.querySelectorAll('*')];
}

/** What in the text is more than words and links to where they may lead. */
function dangersIn(text: string): string[] {
  return elementsOf(text).flatMap((element) => {
    const tag = element.tagName.toLowerCase();
    const attributes = element.getAttributeNames().flatMap((name) => {
      const value = element.getAttribute(name) ?? '';
      if (tag === 'ol' && name === 'start') return [];
      if (tag === 'a' && name === 'title') return [];
      if (tag !== 'a' || name !== 'href') return [`${tag} ${name}=${value}`];
      if (!URL.canParse(value, SHOP)) return [value];
      const { protocol, origin } = new URL(value, SHOP);
      const isOwn = !value.startsWith('/') || origin === SHOP;
      return ALLOWED_PROTOCOLS.has(protocol) && isOwn ? [] : [value];
    });
    return ALLOWED_TAGS.has(tag) ? attributes : [tag, ...attributes];
  });
}

function hrefsIn(text: string): (string | null)[] {
  return elementsOf(text)
    .filter(({ tagName }) => tagName === 'A')
    .map((link) => link.getAttribute('href'));
}

const MARKUP = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<style>*{display:none}</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<form action=https://evil.example><input name=password></form>',
  '<a href="javascript:alert(1)">x</a>',
  '</div></main><h1>Another page</h1>',
  '</textarea></title></noscript><script>alert(1)</script>',
  '<!-- <script>alert(1)</script> -->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '<!DOCTYPE html>',
  '<div\nonmouseover=alert(1)>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '\\<script>alert(1)\\</script>',
  '`<script>alert(1)</script>`',
  '```<script>\n<script>alert(1)</script>\n```',
  '```"onmouseover="alert(1)\nx\n```',
  '~~~ js"><script>alert(1)</script>\nx\n~~~',
  '    <script>alert(1)</script>',
  '<x@y.example"onmouseover="alert(1)>',
  '<https://a.example/"onmouseover="alert(1)>',
  '| <script>alert(1)</script> |\n|:-:|\n| <img src=x onerror=alert(1)> |',
  '# <img src=x onerror=alert(1)>',
  '> <script>alert(1)</script>',
  '1. <script>alert(1)</script>',
  '[<img src=x onerror=alert(1)>](https://a.example)',
  '[x](https://a.example "\\"onmouseover=\\"alert(1)")',
  "[x](https://a.example 'a\"><script>alert(1)</script>')",
  '[x](https://a.example/"onmouseover="alert(1))',
  '[x](<https://a.example/"><script>alert(1)</script>>)',
  '[x]\n\n[x]: https://a.example "a\\"><script>alert(1)</script>"',
  '![x](https://a.example/x.png)',
  '![x](x" onerror="alert(1))',
  '![x][y]\n\n[y]: javascript:alert(1)',
  '![<script>](data:image/svg+xml;base64,PHN2Zz4=)',
] as const;

const ADDRESSES = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\tscript:alert(1)',
  'java&#9;script:alert(1)',
  'java&#10;script:alert(1)',
  'java&NewLine;script:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A;avascript:alert(1)',
  'javascript\\:alert(1)',
  'javascript%3Aalert(1)',
  'jav%61script:alert(1)',
  'javascript://a.example/%0aalert(1)',
  'view-source:javascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'file:///etc/passwd',
  'blob:https://shop.example/1',
  'ftp://a.example',
  'intent://a.example#Intent;end',
  'ws://a.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/&#92;evil.example',
  '/&bsol;evil.example',
  '/&sol;evil.example',
  '/&#9;/evil.example',
  '/&#10;/evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:\\\\evil.example',
  'http://',
  'evil.example',
  '../admin',
  '?a=b',
  '#place',
  '',
] as const;

/** In each way in which Markdown takes an address. */
const linksTo = (address: string) => [
  `[x](${address})`,
  `[x](<${address}>)`,
  `[x](${address} "a title")`,
  `<${address}>`,
  `[x][y]\n\n[y]: ${address}`,
  `[x]\n\n[x]: <${address}> 'a title'`,
  `![x](${address})`,
];

describe('a legal text', () => {
  it.each(MARKUP)('brings no markup of its own: %s', (text) => {
    expect(dangersIn(text)).toEqual([]);
  });

  it.each(ADDRESSES)('leads nowhere but where it may: %s', (address) => {
    for (const text of linksTo(address)) expect(dangersIn(text), text).toEqual([]);
  });

  it.each([
    'javascript:alert(1)',
    'javascript&colon;alert(1)',
    'data:text/html,x',
    '//evil.example',
    'https://<',
    'https:evil.example',
    'evil.example',
    '#place',
  ])('shows a link that is not allowed as it was typed, and makes none: %s', (address) => {
    for (const text of linksTo(address)) expect(hrefsIn(text), text).toEqual([]);
    expect(renderMarkdown(`[our terms](${address})`)).toContain('[our terms](');
  });

  it('made of any of these, in any order, is words and allowed links only', () => {
    const links = ADDRESSES.flatMap(linksTo);
    const joints = ['\n', '\n\n', ' ', '', '> ', '- ', '| ', '**', '`', '<', '&', '\\', '](', '"'];
    const part = fc.constantFrom<string>(...MARKUP, ...links, ...joints);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        expect(dangersIn(parts.join(''))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('made of any characters at all is words and allowed links only', () => {
    const character = fc.constantFrom(
      ...'<>&"\'`[]()!*_~|#-=\\/:;\n\t ahref123xjavscript%\u0000\u202e'.split(''),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 200 }), (characters) => {
        expect(dangersIn(characters.join(''))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['https://a.example/b?c=d', 'http://a.example', '/legal/terms', '/'])(
    'links to %s',
    (address) => {
      expect(hrefsIn(`[x](${address})`)).toEqual([address]);
    },
  );

  it('links to mailboxes and telephones, also where an address stands between angle brackets', () => {
    const text = '[x](mailto:a@b.example) [y](tel:+4930123456) <a@b.example> <https://b.example>';
    expect(hrefsIn(text)).toEqual([
      'mailto:a@b.example',
      'tel:+4930123456',
      'mailto:a@b.example',
      'https://b.example',
    ]);
  });

  it('has its headings below the one of its page', () => {
    const tags = elementsOf('# a\n\nb\n===\n\n## c\n\n##### d\n\n###### e').map(
      (one) => one.tagName,
    );
    expect(tags).toEqual(['H2', 'H2', 'H3', 'H6', 'H6']);
    const without = elementsOf('### a\n\n#### b').map((one) => one.tagName);
    expect(without).toEqual(['H2', 'H3']);
  });

  it('keeps the lines of an address, and has lists, tables and emphasis', () => {
    expect(renderMarkdown('Lamps Ltd\n1 Long Road')).toBe('<p>Lamps Ltd<br>\n1 Long Road</p>\n');
    const tags = elementsOf('- a\n\n3. b\n\n|c|d|\n|:-|-:|\n|e|**f**|').map((one) => one.tagName);
    expect(tags).toEqual(expect.arrayContaining(['UL', 'OL', 'TABLE', 'TH', 'TD', 'STRONG']));
    expect(renderMarkdown('|c|\n|-:|\n|e|')).not.toContain('style');
  });

  it('is shown with its characters, whatever they mean elsewhere', () => {
    const [paragraph] = elementsOf('1 < 2 & "3" > \'0\' &amp; $& $1 </script>');
    expect(paragraph?.textContent).toBe('1 < 2 & "3" > \'0\' & $& $1 </script>');
  });
});

/** Each makes some parser of Markdown slow, in proportion to the square of its length or worse. */
const SLOW = [
  ['*a_', '*a ', '_a ', 'a***', 'a**bc* ', '**a _b ', '[', '[a](', '[a](<b', '[a][', ']('],
  ['![', '<', '<!--', '<?', '<a href="', '<http:', '` `` ', '> ', '>', '- ', '&', '&#x', '~'],
  ['|', '|a|\n|-|\n', '\\', ' ', ' \n', 'a\n=', '[a]: b\n', '[a](b "\\"', '[a](\\', 'www.'],
].flat();

it('is rendered soon, however it is made', () => {
  for (const part of SLOW) {
    const text = part.repeat(LEGAL_CHARS_MAX / part.length);
    expect(renderMarkdown(text).length, part).toBeGreaterThanOrEqual(0);
  }
  const runs = Array.from({ length: 340 }, (_, n) => '`'.repeat(n)).join(' ');
  const nested = Array.from({ length: 340 }, (_, n) => `${' '.repeat(n)}- a`).join('\n');
  expect(dangersIn(`${runs}\n\n${nested}`)).toEqual([]);
}, 20_000);
