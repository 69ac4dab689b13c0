/**
 * MongoDB's regular expressions on JavaScript's engine. What PCRE writes in its own way is
 * rewritten; what JavaScript does not have is refused. Their time is limited where they run.
 */
import { mongoError } from './values.ts';

const CLASSES: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};
const ESCAPES: Record<string, string> = {
  '\\A': '(?<![\\s\\S])',
  '\\z': '(?![\\s\\S])',
  '\\Z': '(?=\\n?(?![\\s\\S]))',
  '\\h': '[ \\t]',
  '\\R': '(?:\\r\\n|[\\n\\r])',
};
const OPTIONS = /^[imsxu]*$/;
const LEADING_OPTIONS = /^\(\?([imsx]+)\)/;
const TOKEN = /\\Q([\s\S]*?)(?:\\E|$)|\\[\s\S]|\[:(\w+):\]|\(\?P<|[\s\S]/g;

/** @param flags for JavaScript, beside those that the options ask for, such as `g`. */
export function compileRegex(pattern: string, options: string, flags = ''): RegExp {
  if (!OPTIONS.test(options))
    throw mongoError('BadValue', `invalid flag in regex options: ${options}`);
  const [leading = '', letters = ''] = LEADING_OPTIONS.exec(pattern) ?? [];
  const given = new Set((options + letters).split(''));
  const source = translate(pattern.slice(leading.length), given.has('x'));
  const wanted = flags + ['i', 'm', 's'].filter((letter) => given.has(letter)).join('');
  try {
    return new RegExp(source, `${wanted}u`);
  } catch {
    return compileLoosely(source, wanted);
  }
}

/** Escapes that mean nothing, such as `\-`, are allowed outside of JavaScript's Unicode mode only. */
function compileLoosely(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw mongoError('BadValue', `Regular expression is invalid: ${reason}`);
  }
}

/** @param extended leaves out white space and comments, as the option `x` asks. */
function translate(pattern: string, extended: boolean): string {
  let inClass = false;
  let inComment = false;
  return pattern.replaceAll(TOKEN, (token: string, ...[quoted, named]: (string | undefined)[]) => {
    if (inComment) {
      inComment = token !== '\n';
      return '';
    }
    if (quoted !== undefined) return quoted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    if (named !== undefined) return inClass ? (CLASSES[named] ?? token) : token;
    if (token === '(?P<') return '(?<';
    if (token.startsWith('\\')) return inClass ? token : (ESCAPES[token] ?? token);
    if (token === '[') inClass = true;
    if (token === ']') inClass = false;
    if (!extended || inClass) return token;
    inComment = token === '#';
    return inComment || /\s/.test(token) ? '' : token;
  });
}
