import { expect, it } from 'vitest';
import { previewFiles } from './mail-preview.ts';

it('the preview has every mail in both languages, as HTML and as text, and a page with all of them', () => {
  const files = previewFiles();
  const index = files.get('index.html') ?? '';
  const mails = [...files.keys()].filter((name) => name !== 'index.html');
  for (const name of mails) expect(index).toContain(`href="${name}"`);
  const kinds = new Set(mails.map((name) => name.replace(/-(en|de)\.(html|txt)$/, '')));
  expect(mails).toHaveLength(kinds.size * 4);
  expect(files.get('reset_password-en.txt')).toMatch(/^Subject: Choose a new password\n\n/);
  expect(files.get('reset_password-de.html')).toContain('<html lang="de"');
});
