/** If-Match (RFC 9110, section 13.1.1): a change that is only wanted while nothing else has changed. */
import type { Context } from 'hono';
import { HttpProblem } from './problem.ts';

/** Nobody has seen more versions of one thing. */
const TAGS_MAX = 20;
/** Its opaque part is printable ASCII without a double quote, or above ASCII. */
const TAG = /^(?<weak>W\/)?"(?<opaque>[\x21\x23-\x7e\x80-\xff]*)"/;

/**
 * @returns the versions of which one must be there, which are none where only weak tags are named;
 *   undefined where any will do. Throws HttpProblem.
 */
export function ifMatchOf(c: Context): string[] | undefined {
  const header = c.req.header('If-Match')?.trim();
  if (header === undefined || header === '*') return undefined;
  const versions: string[] = [];
  let tags = 0;
  for (let rest = header; rest !== ''; tags++) {
    const tag = TAG.exec(rest);
    const after = tag === null ? undefined : /^\s*(?:,[\s,]*|$)/.exec(rest.slice(tag[0].length));
    if (!tag?.groups || !after || tags === TAGS_MAX) throw malformed();
    // Compared strongly: a weak tag is like nothing.
    if (tag.groups['weak'] === undefined) versions.push(tag.groups['opaque'] ?? '');
    rest = rest.slice(tag[0].length + after[0].length);
  }
  if (tags === 0) throw malformed();
  return versions;
}

function malformed(): HttpProblem {
  const message = `must be * or a list of up to ${TAGS_MAX} entity tags`;
  return new HttpProblem('malformed', { errors: [{ path: 'If-Match', message }] });
}
