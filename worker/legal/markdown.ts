/**
 * The Markdown of the shop's legal texts as HTML that can stand in a page: whatever was typed, it brings no
 * script, style, image or form, and leads only where it is allowed to. Of the parsers that were compared this
 * one alone takes no more than half a second for the worst texts of the greatest length.
 */
import MarkdownIt, { type Token } from 'markdown-it';

/** Of the greatest headings of a text, whichever they are: the page has the one of the first level. */
const HEADING_LEVEL_MIN = 2;
const HEADING_LEVEL_MAX = 6;
/** Tags within each other; what is nested deeper is left out. */
const NESTING_MAX = 100;

/** Another site by its full address, or what a device writes to or calls. */
const OUTSIDE = /^(?:https?:\/\/[^/?#\\]|mailto:|tel:)/i;
/** A path of the shop itself: browsers read two slashes, or one of each kind, as another site. */
const OWN_PATH = /^\/(?![/\\])/;

const markdown = createRenderer();

/**
 * @param text Markdown (CommonMark, with tables). A line break stays one, as addresses need it.
 * @returns HTML. Markup in the text is shown as it was typed, and so is a link that is not allowed.
 */
export function renderMarkdown(text: string): string {
  return markdown.render(text);
}

function createRenderer() {
  const made = new MarkdownIt({ html: false, breaks: true, maxNesting: NESTING_MAX });
  made.disable(['image', 'html_block', 'html_inline']);
  // Of an address that is normalized already: nothing in it is left that a browser would leave out.
  made.validateLink = (url) => OWN_PATH.test(url) || (OUTSIDE.test(url) && URL.canParse(url));
  made.core.ruler.push('plain_blocks', ({ tokens }) => makePlain(tokens));
  return made;
}

/** Leaves out what a block could have written into its tag, and begins headings below that of the page. */
function makePlain(tokens: readonly Token[]): void {
  const levels = tokens.flatMap(({ tag }) => levelOf(tag) ?? []);
  const shift = HEADING_LEVEL_MIN - Math.min(...levels);
  for (const token of tokens) {
    const level = levelOf(token.tag);
    if (level !== undefined) token.tag = `h${Math.min(HEADING_LEVEL_MAX, level + shift)}`;
    // A column's alignment would be a style, which the page's policy refuses; a language would be a class.
    if (token.type === 'th_open' || token.type === 'td_open') token.attrs = null;
    if (token.type === 'fence') token.info = '';
  }
}

function levelOf(tag: string): number | undefined {
  const [, level] = /^h([1-6])$/.exec(tag) ?? [];
  return level === undefined ? undefined : Number(level);
}
