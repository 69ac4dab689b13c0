/** The form of an event's plan. Must not decide what is allowed: the server does. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { EventInput } from '../../../worker/contract/event-input.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import type { CallProblem, Result } from '../../api/call-problem.ts';
import { type DraftOf, useDraft } from '../../shop/use-draft.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { Versioned } from '../api/asking.ts';
import { useAction } from '../api/use-action.ts';
import { ChangedNotice } from '../forms/changed-notice.tsx';
import { Check } from '../forms/check.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { SaveButton } from '../forms/save-button.tsx';
import { translationsText } from '../forms/translations-fields.tsx';
import { type Conflict, type Shown, useConflict } from '../forms/use-conflict.ts';
import { useFaultFocus } from '../forms/use-fault-focus.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { AdmissionFields } from './admission-fields.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { shippingText } from './countries-picker.tsx';
import { CoverField } from './cover-field.tsx';
import { DeliveryFields } from './delivery-fields.tsx';
import { draftOf, type EventDraft, type PartOfForm, readDraft } from './event-draft.ts';
import { EventItemsFields } from './event-items-fields.tsx';
import { lineText } from './line-text.ts';
import { PaymentFields } from './payment-fields.tsx';
import { TimeFields, WordFields } from './plan-fields.tsx';
import { keepingPromises, promisedBy, promiseFaults } from './promises.ts';

export interface EventFormProps {
  readonly start: EventDraft;
  /** What its draft is called, and of which state of the event it is. */
  readonly kept: DraftOf;
  readonly action: string;
  /** What the form changes, as it is now; undefined for a new one. */
  readonly saved?: AdminEvent;
  /** Of what the form begins with. */
  readonly version?: string | undefined;
  /** @param version what must still be there; undefined where nothing is replaced */
  send(input: EventInput, version?: string): Promise<Result<AdminEvent>>;
  /** Reads what is there now, where something is replaced. */
  reload?(): Promise<Result<Versioned<AdminEvent>>>;
  onSaved(event: AdminEvent): void;
  /** What comes before all fields. */
  beginning?(part: PartOfForm): ComponentChildren;
}

export function EventForm(props: EventFormProps) {
  const { start, kept, action, saved: before, version, send, reload, onSaved } = props;
  const { fields: typed, change, forget } = useDraft(kept, start);
  const promised = promisedBy(before);
  const draft = keepingPromises(typed, promised);
  const conflict = useConflict<EventDraft>({ draft: start, version }, reload && shown(reload));
  const { theirs } = conflict;
  const [unread, setUnread] = useState<readonly FieldError[]>([]);
  const { isSending, problem, run, clear } = useAction();
  const errors = unread.length > 0 ? unread : (problem?.fields ?? []);
  const part: PartOfForm = { draft, errors, promised, change };

  function submit(seen = conflict.version) {
    const reading = readDraft(draft);
    const faults = reading.ok ? promiseFaults(draft, promised) : reading.errors;
    setUnread(faults);
    if (!reading.ok || faults.length > 0) return;
    run(async () => {
      const result = await send(reading.input, seen);
      if (!result.ok && result.problem.code === 'precondition_failed') await conflict.read();
      return result;
    }, saved);
  }
  function saved(event: AdminEvent) {
    forget();
    onSaved(event);
  }
  function take() {
    if (theirs === null) return;
    const taken = theirs.fields.map((name) => [name, theirs.draft[name]]);
    change(Object.fromEntries(taken) as Partial<EventDraft>);
    conflict.goOn();
    clear();
  }
  function keep() {
    conflict.goOn();
    submit(theirs?.version);
  }
  const form = useFaultFocus(unread, problem);
  const [isUploading, setIsUploading] = useState(false);
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUploading) submit();
      }}
    >
      {promised && <Queued />}
      {props.beginning?.(part)}
      <WordFields {...part} />
      <CoverField {...part} onUploading={setIsUploading} />
      <TimeFields {...part} />
      <AdmissionFields {...part} entriesCloseAt={entriesClose(draft, before)} />
      <PaymentFields {...part} />
      <DeliveryFields {...part} />
      <ConditionFields {...part} />
      <ReportField {...part} />
      <EventItemsFields {...part} />
      {unread.length > 0 && <ProblemNotice problem={{ code: 'malformed' }} />}
      {unread.length === 0 && problem && (
        <Refused {...{ problem, theirs, isSending }} onTake={take} onKeep={keep} />
      )}
      <SaveButton action={action} isSending={isSending} isUploading={isUploading} />
    </form>
  );
}

/** May be changed at any time: it takes nothing from anybody. */
function ReportField({ draft, change }: PartOfForm) {
  return (
    <Check
      label={ADMIN_TEXTS.reportPublic}
      hint={ADMIN_TEXTS.reportPublicHint}
      isOn={draft.reportPublic}
      onSwitch={(reportPublic) => change({ reportPublic })}
    />
  );
}

function shown(reload: NonNullable<EventFormProps['reload']>) {
  return async (): Promise<Result<Shown<EventDraft>>> => {
    const now = await reload();
    if (!now.ok) return now;
    return { ok: true, value: { draft: draftOf(now.value), version: now.value.version } };
  };
}

interface RefusedProps {
  readonly problem: CallProblem;
  /** What somebody else saved meanwhile. */
  readonly theirs: Conflict<EventDraft>['theirs'];
  readonly isSending: boolean;
  onTake(): void;
  onKeep(): void;
}

function Refused({ theirs, ...rest }: RefusedProps) {
  if (theirs === null) return <FormProblem problem={rest.problem} />;
  const fields = theirs.fields.map((name) => fieldOf(theirs.draft, name));
  return <ChangedNotice {...rest} fields={fields} />;
}

/** What of a plan is fixed by its queue. */
function Queued() {
  const { queued, mayChange } = ADMIN_TEXTS.queue.plan;
  return (
    <p class="notice">
      <span class="notice-title">{queued}</span> {mayChange}
    </p>
  );
}

/** When entries of a draw close by the server's word, which is about the times that are saved. */
function entriesClose(draft: EventDraft, before: AdminEvent | undefined): string | null {
  if (before === undefined) return null;
  const { startsAt, timeZone } = draftOf(before);
  return startsAt === draft.startsAt && timeZone === draft.timeZone ? before.entriesCloseAt : null;
}

/** A field by its label, as words. */
function fieldOf(draft: EventDraft, name: keyof EventDraft) {
  if (name === 'coverUrl' || name === 'coverAddress') {
    return { label: ADMIN_TEXTS.pictures.cover, value: draft[name] ?? '' };
  }
  if (name === 'translations') {
    return { label: ADMIN_TEXTS.translations.title, value: translationsText(draft.translations) };
  }
  const label = name === 'title' ? ADMIN_TEXTS.eventTitle : ADMIN_TEXTS[labelOf(name)];
  if (name === 'items') {
    return { label, value: draft.items.map(lineText).join('; ') };
  }
  if (name === 'shipping') return { label, value: draft.shipping.map(shippingText).join('; ') };
  const value = draft[name];
  const { yes, no } = ADMIN_TEXTS.changed;
  if (name === 'admission')
    return { label, value: ADMIN_TEXTS.queue.plan.formats[draft.admission] };
  if (name === 'payment') return { label, value: ADMIN_TEXTS.payments.kinds[draft.payment] };
  if (typeof value === 'boolean') return { label, value: value ? yes : no };
  return { label, value: value.replace(/(?<=^\d{4}-\d\d-\d\d)T/, ' ') };
}

function labelOf<
  Name extends Exclude<keyof EventDraft, 'coverUrl' | 'coverAddress' | 'translations'>,
>(name: Name) {
  return (name === 'items' ? 'itemsTitle' : name) as
    | Exclude<Name, 'items' | 'title'>
    | 'itemsTitle';
}
