/**
 * Keeps a page going that the browser translates. A translator puts `<font>` in the place of each text
 * node, which is then written to and removed where nobody sees it, and before which nothing can be put.
 */

import { useEffect } from 'preact/hooks';

/** What a translator puts in a text's place. */
const STANDS = 'FONT';

/**
 * Each text node that was replaced goes back, empty, in front of what stands for it: what is drawn next
 * finds it where it was. What stands for it goes when the text is written anew or removed.
 *
 * @returns the end of it
 */
export function followTranslator(root: Node): () => void {
  const standing = new WeakMap<Node, Element>();

  function see(record: MutationRecord) {
    const { type, target, removedNodes, addedNodes, previousSibling, nextSibling } = record;
    if (type === 'characterData') {
      if (target.textContent !== '') forget(target);
      return;
    }
    for (const gone of removedNodes) {
      if (gone.nodeType !== Node.TEXT_NODE || gone.isConnected) continue;
      if (standing.has(gone)) forget(gone);
      else putBack(gone, [...addedNodes, previousSibling, nextSibling]);
    }
  }
  function forget(text: Node) {
    standing.get(text)?.remove();
    standing.delete(text);
  }
  function putBack(text: Node, near: readonly (Node | null)[]) {
    const stand = near.find((node) => node?.nodeName === STANDS && node.isConnected);
    if (stand === null || stand === undefined) return;
    text.textContent = '';
    stand.parentNode?.insertBefore(text, stand);
    standing.set(text, stand as Element);
  }
  const observer = new MutationObserver((records) => {
    for (const record of records) see(record);
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  return () => observer.disconnect();
}

/** For as long as the page is there. Draws nothing. */
export function TranslatedPage() {
  useEffect(() => followTranslator(document.body), []);
  return null;
}
