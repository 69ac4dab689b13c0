/**
 * E-mail addresses: what a browser's `type=email` takes is taken here (HTML's rule), with the lengths of
 * RFC 5321. Quoted local parts and address literals are not: no browser takes them either.
 */
import * as z from 'zod';

const EMAIL_CHARS_MAX = 254;
const LOCAL_CHARS_MAX = 64;

/** https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address */
const HTML_RULE =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Both ways to write an internationalised domain are one account: compared and stored in lower case. */
export const emailSchema = z
  .string()
  .overwrite((text) => withAsciiDomain(text.trim()))
  .max(EMAIL_CHARS_MAX)
  .regex(HTML_RULE, 'must be an e-mail address')
  .refine((text) => text.indexOf('@') <= LOCAL_CHARS_MAX, 'has too much before its @')
  // Last: some letters of other alphabets are Latin ones in lower case.
  .toLowerCase();

/** As a browser writes an internationalised domain (UTS 46). What is no domain stays as it is. */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  // ASCII is not sent through the URL parser, which reads numbers and percent signs its own way.
  if (at === -1 || !/[^\0-\x7f]/.test(domain) || /[\s/?#@:\\%[\]]/.test(domain)) return address;
  const url = `https://${domain}`;
  return URL.canParse(url) ? `${address.slice(0, at + 1)}${new URL(url).hostname}` : address;
}
