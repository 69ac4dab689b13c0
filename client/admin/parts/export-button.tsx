/** Hands an admin the orders of an event as a file. Must not list them. */
import { Button } from '../../parts/button.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { useAdmin } from '../admin-context.ts';
import { saveFile } from '../save-file.ts';
import { ADMIN_TEXTS } from '../texts.ts';
import { useAction } from '../use-action.ts';

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
