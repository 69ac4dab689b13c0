/** `/events/:id/report` in the browser: what the server drew stays, since the browser has no code for it. */
import { useState } from 'preact/hooks';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';

export function KeptReport() {
  // Read before anything is drawn over it. Links here load the page.
  const [html] = useState(() => document.querySelector('.sale-report')?.outerHTML);
  return html === undefined ? (
    <NotFoundScreen />
  ) : (
    <div dangerouslySetInnerHTML={{ __html: html }} />
  );
}
