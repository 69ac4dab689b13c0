/**
 * Which addresses lead to one mailbox, as far as the large providers say so in public: what stands behind
 * a plus sign is ignored by most, and dots before the @ by Gmail. The same rule as `mailbox_of` in SQL.
 */

const DOTS_IGNORED = new Set(['gmail.com', 'googlemail.com']);

/**
 * @param email in lower case.
 * @returns a text that is the same for all addresses of one mailbox; it is not an address to write to.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const [name = ''] = email.slice(0, at).split('+');
  if (!DOTS_IGNORED.has(domain)) return `${name}@${domain}`;
  return `${name.replaceAll('.', '')}@gmail.com`;
}
