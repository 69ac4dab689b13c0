/** The form of the shop's own face. Must not decide what is allowed: the server does. */
import { useState } from 'preact/hooks';
import type { Face } from '../../../worker/contract/face.ts';
import { useDraft } from '../../shop/use-draft.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ChangedNotice } from '../forms/changed-notice.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { SaveButton } from '../forms/save-button.tsx';
import { useLeaving } from '../forms/saved-note.tsx';
import { type Shown, useConflict } from '../forms/use-conflict.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { draftOf, type FaceDraft, faceOf } from './face-draft.ts';
import { FaceFields } from './face-fields.tsx';
import { FacePreview } from './face-preview.tsx';
import { LinksField } from './links-field.tsx';

export function FaceForm({ start }: { start: Face }) {
  const { draft, change, conflict, problem, isSending, ...does } = useForm(start);
  const { theirs } = conflict;
  const [isUploading, setIsUploading] = useState(false);
  const errors = problem?.fields ?? [];
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUploading) does.submit();
      }}
    >
      <FaceFields draft={draft} errors={errors} change={change} onUploading={setIsUploading} />
      <LinksField links={draft.links} errors={errors} change={change} />
      <FacePreview draft={draft} />
      {problem && !theirs && <FormProblem problem={problem} />}
      {problem && theirs && (
        <ChangedNotice
          problem={problem}
          fields={theirs.fields.flatMap((name) => fieldOf(theirs.draft, name))}
          isSending={isSending}
          onTake={does.take}
          onKeep={does.keep}
        />
      )}
      <SaveButton action={ADMIN_TEXTS.save} isSending={isSending} isUploading={isUploading} />
    </form>
  );
}

/** What was typed, and what becomes of it. */
function useForm(start: Face) {
  const admin = useAdmin();
  const leaveFor = useLeaving();
  const kept = { name: 'face', base: start.version };
  const { fields: draft, change, forget } = useDraft<FaceDraft>(kept, draftOf(start));
  const conflict = useConflict<FaceDraft>(shownOf(start), async () => {
    const now = await admin.face();
    return now.ok ? { ok: true, value: shownOf(now.value) } : now;
  });
  const { isSending, problem, run, clear } = useAction();

  function submit(seen = conflict.version) {
    run(
      async () => {
        const result = await admin.writeFace(faceOf(draft), Number(seen));
        if (!result.ok && result.problem.code === 'precondition_failed') await conflict.read();
        return result;
      },
      () => {
        forget();
        leaveFor({ path: '/admin/events', text: ADMIN_TEXTS.face.saved });
      },
    );
  }
  return {
    draft,
    change,
    conflict,
    problem,
    isSending,
    submit: () => submit(),
    take() {
      if (conflict.theirs === null) return;
      const { draft: theirDraft, fields } = conflict.theirs;
      change(Object.fromEntries(fields.map((name) => [name, theirDraft[name]])));
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

function shownOf(face: Face): Shown<FaceDraft> {
  return { draft: draftOf(face), version: String(face.version) };
}

/** A field by its label, as words. */
function fieldOf(draft: FaceDraft, name: keyof FaceDraft) {
  const { face } = ADMIN_TEXTS;
  const labels = { ...face, logoUrl: face.logo, logoAddress: face.logo };
  const value =
    name === 'links' ? draft.links.map(({ label }) => label).join(', ') : (draft[name] ?? '');
  return [
    { label: labels[name], value: name === 'typeface' ? face.typefaces[draft.typeface] : value },
  ];
}
