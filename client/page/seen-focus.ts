/** Shows the whole of a text area that gets the focus: a browser is content where its first line can be seen. Draws nothing. */
import { useEffect } from 'preact/hooks';

export function SeenFocus() {
  useEffect(() => {
    const show = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLTextAreaElement)) return;
      target.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    };
    addEventListener('focusin', show);
    return () => removeEventListener('focusin', show);
  }, []);
  return null;
}
