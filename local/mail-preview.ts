/** `npm run mail:preview`: writes each of the shop's mails into a folder, to be looked at in a browser. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Language, languageSchema } from '../worker/contract/languages.ts';
import { compose } from '../worker/outbox/mail/messages/compose.ts';
import type { MailKind } from '../worker/outbox/mail/messages/message.ts';
import { SAMPLE_FACTS, SAMPLE_SHOP } from '../worker/outbox/mail/messages/samples.ts';

const FOLDER_DEFAULT = 'dist/mails';

/** @param args the folder, or none. */
export async function main([folder = FOLDER_DEFAULT]: string[]): Promise<void> {
  const files = previewFiles();
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  console.log(`${files.size} files. Open ${join(resolve(folder), 'index.html')}`);
}

/** Each mail in both languages as HTML and as text, and a page with links to them; by file name. */
export function previewFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const rows: string[] = [];
  for (const kind of Object.keys(SAMPLE_FACTS) as MailKind[]) {
    for (const language of languageSchema.options) {
      const name = `${kind.slice('mail.'.length)}-${language}`;
      const { subject, text, html } = composed(kind, language);
      files.set(`${name}.html`, html).set(`${name}.txt`, `Subject: ${subject}\n\n${text}`);
      rows.push(
        `<tr><td><code>${kind}</code><td>${language}<td><a href="${name}.html">HTML</a><td><a href="${name}.txt">text</a>`,
      );
    }
  }
  return files.set('index.html', indexPage(rows));
}

function composed(kind: MailKind, language: Language) {
  return compose(kind, SAMPLE_FACTS[kind], { shop: SAMPLE_SHOP, language });
}

function indexPage(rows: string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The shop’s mails</title>
<h1>The shop’s mails</h1>
<table cellpadding="4">
${rows.join('\n')}
</table>
</html>
`;
}
