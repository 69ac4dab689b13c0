/** Any address that names nothing. */

import { TEXTS } from '../texts/texts.ts';
import { Heading } from './heading.tsx';
import { Empty } from './page-state.tsx';
import { useDocumentTitle } from './use-page.ts';

export function NotFoundScreen() {
  useDocumentTitle(TEXTS.notFoundTitle);
  return (
    <div class="narrow">
      <Heading>{TEXTS.notFoundTitle}</Heading>
      <Empty text={TEXTS.notFoundBody}>
        <a class="button button-primary" href="/">
          {TEXTS.backToEvents}
        </a>
      </Empty>
    </div>
  );
}
