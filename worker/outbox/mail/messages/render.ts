/**
 * A draft as text and as HTML. The HTML has no pictures, scripts, outside addresses or fixed colours, so
 * that it is readable in dark mode and tells nobody that it was read. Pure.
 */
import type { Language } from '../../../contract/languages.ts';
import type { Block, Draft, Shop } from './message.ts';

export interface Message {
  /** One line. */
  subject: string;
  text: string;
  /** A whole document. */
  html: string;
}

const FONT = 'font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif';
const BUTTON =
  'display:inline-block;padding:10px 18px;border:2px solid;border-radius:8px;font-weight:600;text-decoration:none';

export function render({ subject, blocks }: Draft, shop: Shop, language: Language): Message {
  const text = [...blocks.map(textOf), `-- \n${shop.name}\n${shop.url}`].join('\n\n');
  return { subject, text: `${text}\n`, html: documentOf({ subject, blocks }, shop, language) };
}

function textOf(block: Block): string {
  if ('text' in block) return block.text;
  if ('link' in block) return `${block.label}:\n${block.link}`;
  return block.facts.map(([name, value]) => `${name}: ${value}`).join('\n');
}

function documentOf({ subject, blocks }: Draft, shop: Shop, language: Language): string {
  return `<!doctype html>
<html lang="${language}" style="color-scheme:light dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
</head>
<body style="margin:0;padding:16px">
<div style="max-width:560px;margin:0 auto;${FONT}">
<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px">${escaped(subject)}</h1>
${blocks.map(htmlOf).join('\n')}
<hr style="border:0;border-top:1px solid;opacity:.3;margin:24px 0 12px">
<p style="font-size:14px;margin:0">${escaped(shop.name)}<br>${anchor(shop.url, shop.url)}</p>
</div>
</body>
</html>
`;
}

function htmlOf(block: Block): string {
  if ('text' in block) return `<p style="margin:0 0 16px">${escaped(block.text)}</p>`;
  if ('facts' in block) {
    const rows = block.facts.map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left;vertical-align:top;font-weight:400;opacity:.75;padding:2px 16px 2px 0">${escaped(name)}</th><td style="vertical-align:top;padding:2px 0;overflow-wrap:anywhere">${escaped(value)}</td></tr>`,
    );
    return `<table style="border-collapse:collapse;margin:0 0 16px;${FONT}">${rows.join('')}</table>`;
  }
  const { link, label } = block;
  return `<p style="margin:0 0 8px">${anchor(link, label, BUTTON)}</p>
<p style="margin:0 0 16px;font-size:14px;overflow-wrap:anywhere;word-break:break-word">${anchor(link, link)}</p>`;
}

function anchor(url: string, label: string, style?: string): string {
  const styled = style === undefined ? '' : ` style="${style}"`;
  return `<a href="${escaped(url)}"${styled}>${escaped(label)}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
