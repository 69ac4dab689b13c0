/** Any address that names nothing. */
import { useDocumentTitle } from '../hooks/use-page.ts';
import { Heading } from '../parts/heading.tsx';
import { Empty } from '../parts/page-state.tsx';
import { TEXTS } from '../texts.ts';

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
