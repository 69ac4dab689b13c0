/** The form of a legal text. Must not make its HTML: the server does. */
import { useState } from 'preact/hooks';
import type { LegalDraft } from '../../../worker/contract/legal.ts';
import type { Result } from '../../api/call-problem.ts';
import { useDraft } from '../../shop/use-draft.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ChangedNotice } from '../forms/changed-notice.tsx';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { useLeaving } from '../forms/saved-note.tsx';
import { type Shown, useConflict } from '../forms/use-conflict.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

/** As the contract has it. */
const CHARS_MAX = 60_000;
const LIST = '/admin/legal';

interface Fields {
  readonly text: string;
}

export interface LegalTextFormProps {
  readonly start: LegalDraft;
  /** Reads what is there now. */
  reload(): Promise<Result<LegalDraft>>;
}

export function LegalTextForm(props: LegalTextFormProps) {
  const { legal, save, saving } = ADMIN_TEXTS;
  const { text, change, html, conflict, problem, isSending, isThere, ...does } = useForm(props);
  const { language } = props.start;
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        does.submit();
      }}
    >
      <Labelled
        label={legal.text}
        hint={legal.hint(CHARS_MAX)}
        errors={problem?.fields ?? []}
        path="text"
      >
        {(control) => (
          <textarea
            dir="auto"
            lang={language}
            {...control}
            rows={20}
            maxLength={CHARS_MAX}
            value={text}
            onInput={({ currentTarget }) => change({ text: currentTarget.value })}
          />
        )}
      </Labelled>
      {problem && !conflict.theirs && <FormProblem problem={problem} />}
      {problem && conflict.theirs && (
        <ChangedNotice
          problem={problem}
          fields={[]}
          isSending={isSending}
          onTake={does.take}
          onKeep={does.keep}
        />
      )}
      <div class="button-row">
        <Button type="submit" isInert={isSending}>
          {isSending ? saving : save}
        </Button>
        <Button kind="quiet" isInert={isSending} onPress={does.preview}>
          {legal.show}
        </Button>
        {isThere && (
          <ConfirmButton
            kind="quiet"
            action={legal.remove}
            ask={legal.removeAsk}
            body={legal.removeBody}
            isInert={isSending}
            onConfirm={does.remove}
          />
        )}
      </div>
      <output>{html !== null && <Preview html={html} language={language} />}</output>
    </form>
  );
}

function Preview({ html, language }: { html: string; language: LegalDraft['language'] }) {
  return (
    <section aria-labelledby="legal-preview">
      <h2 id="legal-preview">{ADMIN_TEXTS.legal.preview}</h2>
      {/* Made by the server, which lets no markup of the text through. */}
      <div class="legal-text" lang={language} dangerouslySetInnerHTML={{ __html: html }} />
    </section>
  );
}

/** What was typed, how it would look, and what becomes of it. */
function useForm({ start, reload }: LegalTextFormProps) {
  const admin = useAdmin();
  const leaveFor = useLeaving();
  const { legalSaved, legalDeleted } = ADMIN_TEXTS.done;
  const { page, language, version } = start;
  const place = { page, language };
  const kept = { name: `legal ${page}/${language}`, base: version };
  const { fields, change, forget } = useDraft<Fields>(kept, { text: start.text ?? '' });
  const conflict = useConflict<Fields>(shownOf(start), async () => {
    const now = await reload();
    return now.ok ? { ok: true, value: shownOf(now.value) } : now;
  });
  const { isSending, problem, run, clear } = useAction();
  const [html, setHtml] = useState<string | null>(null);

  function send<Value>(call: () => Promise<Result<Value>>, done: string) {
    run(
      async () => {
        const result = await call();
        if (!result.ok && result.problem.code === 'precondition_failed') await conflict.read();
        return result;
      },
      () => {
        forget();
        leaveFor({ path: LIST, text: done });
      },
    );
  }
  const submit = (seen = conflict.version) =>
    send(
      () => admin.writeLegalText(place, { text: fields.text, version: Number(seen) }),
      legalSaved,
    );
  return {
    text: fields.text,
    change,
    html,
    conflict,
    problem,
    isSending,
    isThere: start.text !== null,
    submit: () => submit(),
    remove: () => send(() => admin.deleteLegalText(place, Number(conflict.version)), legalDeleted),
    preview: () =>
      run(
        () => admin.previewLegalText(fields.text),
        (answer) => setHtml(answer.html),
      ),
    take() {
      if (conflict.theirs === null) return;
      change(conflict.theirs.draft);
      conflict.goOn();
      clear();
    },
    keep() {
      if (conflict.theirs === null) return;
      conflict.goOn();
      submit(conflict.theirs.version);
    },
  };
}

function shownOf({ text, version }: LegalDraft): Shown<Fields> {
  return { draft: { text: text ?? '' }, version: String(version) };
}
