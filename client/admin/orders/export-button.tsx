/** Hands an admin orders as a file. Must not list them. */
import { useState } from 'preact/hooks';
import type { Result } from '../../api/call-problem.ts';
import { saveFile } from '../../page/save-file.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { countRecords } from './csv-records.ts';
import type { OrderPlace } from './order-filter.ts';

export interface ExportButtonProps {
  readonly action: string;
  /** What the file is called. */
  name(): string;
  load(): Promise<Result<Blob>>;
  /** What is said of the file once it was saved. */
  told?(file: Blob): Promise<string>;
}

export function ExportButton({ action, name, load, told }: ExportButtonProps) {
  const { isSending, problem, run } = useAction();
  const [note, setNote] = useState('');
  function take() {
    setNote('');
    run(load, (file) => {
      saveFile(file, name());
      void told?.(file).then(setNote);
    });
  }
  return (
    <>
      <Button kind="quiet" isInert={isSending} onPress={take}>
        {isSending ? ADMIN_TEXTS.exporting : action}
      </Button>
      {told && <output>{note}</output>}
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
      name={() => `orders-${id}.csv`}
      load={() => admin.exportOrders(id)}
    />
  );
}

/** What is to be sent of the event that is asked for, or of all events. Nothing else narrows it. */
export function UnsentExport({ place: { event, ...others } }: { place: OrderPlace }) {
  const admin = useAdmin();
  const { clock } = useShop();
  const { orders } = ADMIN_TEXTS;
  const isNarrower = Object.values(others).some(Boolean);
  return (
    <>
      <ExportButton
        action={event === undefined ? orders.exportUnsent : orders.exportUnsentOfEvent}
        name={() => unsentFileName(event, clock.nowMs())}
        load={() => admin.exportUnsent(event)}
        told={async (file) => orders.unsentInFile(await countRecords(file))}
      />
      {isNarrower && <p class="field-hint">{orders.exportUnsentHint}</p>}
    </>
  );
}

/** The event and the day (UTC), as the server calls it: so that two files are told apart. */
function unsentFileName(event: string | undefined, nowMs: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  return ['orders-to-send', event, `${day}.csv`].filter(Boolean).join('-');
}
