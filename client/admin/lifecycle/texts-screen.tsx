/** `/admin/events/:id/texts`: the words and the cover of an event, which can be corrected at any time. */
import { useState } from 'preact/hooks';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { EventTexts } from '../../../worker/contract/event-lifecycle.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import type { Result } from '../../api/call-problem.ts';
import { useDraft } from '../../shop/use-draft.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Heading } from '../../ui/heading.tsx';
import { Failed, Loading } from '../../ui/page-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { Versioned } from '../api/asking.ts';
import { useAction } from '../api/use-action.ts';
import { CoverField } from '../events/cover-field.tsx';
import { draftOf, type EventDraft } from '../events/event-draft.ts';
import { groupedByItem } from '../events/item-lines.ts';
import { WordFields } from '../events/plan-fields.tsx';
import { ChangedNotice } from '../forms/changed-notice.tsx';
import { DRAFT_FAULTS } from '../forms/draft-faults.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { SaveButton } from '../forms/save-button.tsx';
import { useLeaving } from '../forms/saved-note.tsx';
import { translationsText } from '../forms/translations-fields.tsx';
import { type Shown, useConflict } from '../forms/use-conflict.ts';
import { useFaultFocus } from '../forms/use-fault-focus.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

type Words = Pick<EventDraft, 'title' | 'description' | 'translations' | 'coverUrl'>;

export function TextsScreen({ id }: { id: string }) {
  const texts = ADMIN_TEXTS.lifecycle.texts;
  useDocumentTitle(texts.title);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled({
    of: 'event',
    key: id,
    load: () => admin.getEvent(id),
    pace: () => ({ everyMs: 60_000, momentsMs: [] }),
  });
  return (
    <div class="narrow">
      <p class="back">
        <a href={`/admin/events/${id}`}>{ADMIN_TEXTS.back.event}</a>
      </p>
      <Heading>{texts.title}</Heading>
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
      {value && (
        <>
          <p class="life-lead">{texts.lead}</p>
          <TextsForm event={value} />
          <ItemLinks event={value} />
        </>
      )}
    </div>
  );
}

function TextsForm({ event }: { event: Versioned<AdminEvent> }) {
  const form = useTextsForm(event);
  const { typed, errors, conflict, isSending, problem } = form;
  const { theirs } = conflict;
  const [isUploading, setIsUploading] = useState(false);
  return (
    <form
      ref={form.element}
      class="form"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!isUploading) form.submit();
      }}
    >
      <WordFields draft={typed} errors={errors} change={form.change} />
      <CoverField draft={typed} errors={errors} change={form.change} onUploading={setIsUploading} />
      {form.isUnread && <ProblemNotice problem={{ code: 'malformed' }} />}
      {!form.isUnread && problem && theirs && (
        <ChangedNotice
          problem={problem}
          fields={theirs.fields.map((name) => ({
            label: labelOf(name),
            value: valueOf(theirs.draft, name),
          }))}
          isSending={isSending}
          onTake={form.take}
          onKeep={form.keep}
        />
      )}
      {!form.isUnread && problem && !theirs && <FormProblem problem={problem} />}
      <SaveButton action={ADMIN_TEXTS.save} isSending={isSending} isUploading={isUploading} />
    </form>
  );
}

/** What was typed, what is wrong with it, and what becomes of it. */
function useTextsForm(event: Versioned<AdminEvent>) {
  const { id, version } = event;
  const admin = useAdmin();
  const leaveFor = useLeaving();
  const saved = draftOf(event);
  const kept = { name: `texts of event ${id}`, base: wordsOf(saved) };
  const { fields: typed, change, forget } = useDraft<EventDraft>(kept, saved);
  const conflict = useConflict<Words>({ draft: wordsOf(saved), version }, () => reload());
  const { theirs } = conflict;
  const { isSending, problem, run, clear } = useAction();
  const [unread, setUnread] = useState<readonly FieldError[]>([]);
  const element = useFaultFocus(unread, problem);

  async function reload(): Promise<Result<Shown<Words>>> {
    const now = await admin.getEvent(id);
    if (!now.ok) return now;
    return { ok: true, value: { draft: wordsOf(draftOf(now.value)), version: now.value.version } };
  }
  function submit(seen = conflict.version) {
    const isMissing = typed.title.trim() === '';
    setUnread(isMissing ? [{ path: 'title', message: DRAFT_FAULTS.required }] : []);
    if (isMissing) return;
    run(
      async () => {
        const result = await admin.correctTexts(id, textsIn(typed), seen);
        if (!result.ok && result.problem.code === 'precondition_failed') await conflict.read();
        return result;
      },
      () => {
        forget();
        leaveFor({ path: `/admin/events/${id}`, text: ADMIN_TEXTS.lifecycle.texts.done });
      },
    );
  }
  return {
    typed,
    change,
    conflict,
    isSending,
    problem,
    element,
    submit,
    isUnread: unread.length > 0,
    errors: unread.length > 0 ? unread : (problem?.fields ?? []),
    take() {
      if (theirs === null) return;
      change(Object.fromEntries(theirs.fields.map((name) => [name, theirs.draft[name]])));
      conflict.goOn();
      clear();
    },
    keep() {
      conflict.goOn();
      submit(theirs?.version);
    },
  };
}

/** The words and pictures of its items are the catalogue's. */
function ItemLinks({ event }: { event: AdminEvent }) {
  const { items } = ADMIN_TEXTS.lifecycle.texts;
  return (
    <section class="item-texts" aria-labelledby="item-texts">
      <h2 id="item-texts">{items.title}</h2>
      <p>{items.body}</p>
      <ul>
        {groupedByItem(event.items).map(({ first }) => (
          <li key={first.itemId}>
            <a href={`/admin/catalogue/${first.itemId}`} dir="auto">
              {first.name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordsOf({ title, description, translations, coverUrl }: EventDraft): Words {
  return { title, description, translations, coverUrl };
}

function textsIn({ coverAddress, ...draft }: EventDraft): EventTexts {
  const words = wordsOf({ ...draft, coverAddress });
  return { ...words, coverUrl: coverAddress.trim() || draft.coverUrl };
}

function valueOf(words: Words, name: keyof Words): string {
  if (name === 'translations') return translationsText(words.translations);
  return words[name] ?? '';
}

function labelOf(name: keyof Words): string {
  if (name === 'coverUrl') return ADMIN_TEXTS.pictures.cover;
  if (name === 'translations') return ADMIN_TEXTS.translations.title;
  return name === 'title' ? ADMIN_TEXTS.eventTitle : ADMIN_TEXTS.description;
}
