/** The form of an event's plan. Must not decide what is allowed: the server does. */
import { useState } from 'preact/hooks';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { EventInput } from '../../../worker/contract/events.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { type DraftOf, useDraft } from '../../hooks/use-draft.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import type { Result } from '../../state/call-problem.ts';
import { type EventDraft, readDraft } from '../state/event-draft.ts';
import { ADMIN_TEXTS } from '../texts.ts';
import { useAction } from '../use-action.ts';
import { useFaultFocus } from '../use-fault-focus.ts';
import { DescriptionField } from './description-field.tsx';
import { EventItemsFields } from './event-items-fields.tsx';
import { Labelled } from './labelled.tsx';
import { CurrencySelect, TimeZoneSelect } from './world-selects.tsx';

export interface EventFormProps {
  readonly start: EventDraft;
  /** What its draft is called, and of which state of the event it is. */
  readonly kept: DraftOf;
  readonly action: string;
  send(input: EventInput): Promise<Result<AdminEvent>>;
  onSaved(event: AdminEvent): void;
}

export interface PartOfForm {
  readonly draft: EventDraft;
  readonly errors: readonly FieldError[];
  change(fields: Partial<EventDraft>): void;
}

export function EventForm({ start, kept, action, send, onSaved }: EventFormProps) {
  const { fields: draft, change, forget } = useDraft(kept, start);
  const [unread, setUnread] = useState<readonly FieldError[]>([]);
  const { isSending, problem, run } = useAction();
  const errors = unread.length > 0 ? unread : (problem?.fields ?? []);
  const part: PartOfForm = { draft, errors, change };

  function submit() {
    const reading = readDraft(draft);
    setUnread(reading.ok ? [] : reading.errors);
    if (!reading.ok) return;
    run(
      () => send(reading.input),
      (event) => {
        forget();
        onSaved(event);
      },
    );
  }
  const form = useFaultFocus(unread, problem);
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <WordFields {...part} />
      <TimeFields {...part} />
      <EventItemsFields {...part} />
      {unread.length > 0 && <ProblemNotice problem={{ code: 'malformed' }} />}
      {unread.length === 0 && problem && <ProblemNotice problem={problem} />}
      <Button type="submit" isInert={isSending}>
        {isSending ? ADMIN_TEXTS.saving : action}
      </Button>
    </form>
  );
}

function WordFields({ draft, errors, change }: PartOfForm) {
  return (
    <>
      <Labelled label={ADMIN_TEXTS.eventTitle} errors={errors} path="title">
        {(control) => (
          <input
            {...control}
            type="text"
            dir="auto"
            maxLength={120}
            value={draft.title}
            onInput={({ currentTarget }) => change({ title: currentTarget.value })}
          />
        )}
      </Labelled>
      <DescriptionField value={draft.description} errors={errors} change={change} />
      <label class="check">
        <input
          type="checkbox"
          checked={draft.published}
          onChange={({ currentTarget }) => change({ published: currentTarget.checked })}
        />
        <span>
          {ADMIN_TEXTS.published}
          <small>{ADMIN_TEXTS.publishedHint}</small>
        </span>
      </label>
    </>
  );
}

function TimeFields({ draft, errors, change }: PartOfForm) {
  return (
    <>
      <div class="field-pair">
        {(['startsAt', 'endsAt'] as const).map((name) => (
          <Labelled key={name} label={ADMIN_TEXTS[name]} errors={errors} path={name}>
            {(control) => (
              <input
                {...control}
                type="datetime-local"
                value={draft[name]}
                onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
              />
            )}
          </Labelled>
        ))}
      </div>
      <TimeZoneSelect
        value={draft.timeZone}
        errors={errors}
        onChoose={(timeZone) => change({ timeZone })}
      />
      <div class="field-pair">
        <Labelled
          label={ADMIN_TEXTS.holdSeconds}
          hint={ADMIN_TEXTS.holdHint}
          errors={errors}
          path="holdSeconds"
        >
          {(control) => (
            <input
              {...control}
              type="text"
              inputMode="numeric"
              value={draft.holdSeconds}
              onInput={({ currentTarget }) => change({ holdSeconds: currentTarget.value })}
            />
          )}
        </Labelled>
        <CurrencySelect
          value={draft.currency}
          errors={errors}
          onChoose={(currency) => change({ currency })}
        />
      </div>
    </>
  );
}
