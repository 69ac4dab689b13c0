/** `/admin/shop`: the shop's own face, to be looked at and changed. */
import type { Face } from '../../../worker/contract/face.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Heading } from '../../ui/heading.tsx';
import { Failed, Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { FaceForm } from './face-form.tsx';

const EVERY_MS = 60_000;

export function FaceScreen() {
  const { face } = ADMIN_TEXTS;
  useDocumentTitle(face.title);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled<Face>({
    of: 'face',
    key: 'shop',
    load: () => admin.face(),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  return (
    <div class="narrow">
      <Heading>{face.title}</Heading>
      <p>{face.lead}</p>
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
      {value && <FaceForm start={value} />}
    </div>
  );
}
