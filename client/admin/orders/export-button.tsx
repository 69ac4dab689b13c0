/** Hands an admin orders as a file. Must not list them. */
import type { Result } from '../../api/call-problem.ts';
import { saveFile } from '../../page/save-file.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface ExportButtonProps {
  readonly action: string;
  /** What the file is called. */
  readonly name: string;
  load(): Promise<Result<Blob>>;
}

export function ExportButton({ action, name, load }: ExportButtonProps) {
  const { isSending, problem, run } = useAction();
  return (
    <>
      <Button
        kind="quiet"
        isInert={isSending}
        onPress={() => run(load, (file) => saveFile(file, name))}
      >
        {isSending ? ADMIN_TEXTS.exporting : action}
      </Button>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

/** All orders of an event. */
export function EventExport({ id }: { id: string }) {
  const admin = useAdmin();
  return (
    <ExportButton
      action={ADMIN_TEXTS.exportCsv}
      name={`orders-${id}.csv`}
      load={() => admin.exportOrders(id)}
    />
  );
}
