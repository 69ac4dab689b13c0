/** What admins tell each other of an order: to be seen, and to be changed where nobody else did meanwhile. */
import { useState } from 'preact/hooks';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useFocusRescue } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ChangedNotice } from '../forms/changed-notice.tsx';
import { useConflict } from '../forms/use-conflict.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface NotePanelProps {
  readonly order: AdminOrderDetail;
  onChanged(order: AdminOrderDetail): void;
}

export function NotePanel({ order, onChanged }: NotePanelProps) {
  const { note: texts } = ADMIN_TEXTS.order;
  const [isOpen, setIsOpen] = useState(false);
  const [done, setDone] = useState('');
  const panel = useFocusRescue<HTMLElement>(isOpen);
  return (
    <section class="order-section" aria-labelledby="order-note" ref={panel} tabIndex={-1}>
      <h2 id="order-note">{texts.title}</h2>
      <output>{done}</output>
      {isOpen ? (
        <NoteForm
          order={order}
          onDone={(changed) => {
            setIsOpen(false);
            if (changed === null) return;
            setDone(changed.note === '' ? texts.removed : texts.saved);
            onChanged(changed);
          }}
        />
      ) : (
        <>
          {order.note !== '' && (
            <p class="user-text order-note" dir="auto">
              {order.note}
            </p>
          )}
          <Button
            kind="quiet"
            onPress={() => {
              setDone('');
              setIsOpen(true);
            }}
          >
            {order.note === '' ? texts.write : texts.edit}
          </Button>
        </>
      )}
    </section>
  );
}

interface NoteFormProps {
  readonly order: AdminOrderDetail;
  /** @param changed the order with its note; null where it is left as it is */
  onDone(changed: AdminOrderDetail | null): void;
}

function NoteForm({ order, onDone }: NoteFormProps) {
  const admin = useAdmin();
  const { id } = order;
  const { isSending, problem, run, clear } = useAction();
  const conflict = useConflict({ draft: { note: order.note }, version: undefined }, async () => {
    const now = await admin.getOrder(id);
    if (!now.ok) return now;
    return { ok: true, value: { draft: { note: now.value.note }, version: undefined } };
  });
  const [typed, setTyped] = useState(order.note);
  const { theirs } = conflict;
  const { note: texts } = ADMIN_TEXTS.order;

  function save(was: string) {
    run(async () => {
      const result = await admin.writeNote(id, typed, was);
      if (!result.ok && result.problem.code === 'precondition_failed') await conflict.read();
      return result;
    }, onDone);
  }
  function take() {
    if (theirs === null) return;
    setTyped(theirs.draft.note);
    conflict.goOn();
    clear();
  }
  function keep() {
    if (theirs === null) return;
    conflict.goOn();
    save(theirs.draft.note);
  }
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(conflict.draft.note);
      }}
    >
      <p class="field-hint">{texts.hint}</p>
      <TextArea label={texts.field} value={typed} rows={4} hasFocus onType={setTyped} />
      {problem && theirs && (
        <ChangedNotice
          problem={problem}
          fields={[{ label: texts.title, value: theirs.draft.note || '–' }]}
          isSending={isSending}
          onTake={take}
          onKeep={keep}
        />
      )}
      {problem && !theirs && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button type="submit" kind="quiet" isInert={isSending}>
          {isSending ? ADMIN_TEXTS.saving : texts.save}
        </Button>
        <Button kind="quiet" isInert={isSending} onPress={() => onDone(null)}>
          {texts.discard}
        </Button>
      </div>
    </form>
  );
}
