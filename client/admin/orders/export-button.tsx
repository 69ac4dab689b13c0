/** Hands an admin the orders of an event as a file. Must not list them. */

import { saveFile } from '../../page/save-file.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export function ExportButton({ eventId }: { eventId: string }) {
  const admin = useAdmin();
  const { isSending, problem, run } = useAction();
  return (
    <>
      <Button
        kind="quiet"
        isInert={isSending}
        onPress={() =>
          run(
            () => admin.exportOrders(eventId),
            (file) => saveFile(file, `orders-${eventId}.csv`),
          )
        }
      >
        {isSending ? ADMIN_TEXTS.exporting : ADMIN_TEXTS.exportCsv}
      </Button>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
