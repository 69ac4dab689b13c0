/** Plans an event once more, as a draft that opens at another time. Must not change the event. */
import { useId, useRef, useState } from 'preact/hooks';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { timesOfCopy } from '../../../worker/contract/schedule.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { wallClock } from '../events/event-draft.ts';
import { DRAFT_FAULTS } from '../forms/draft-faults.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { useLeaving } from '../forms/saved-note.tsx';
import { useCreationKey } from '../forms/use-creation-key.ts';
import { useFaultFocus } from '../forms/use-fault-focus.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export function DuplicateButton({ event, isInert }: { event: AdminEvent; isInert: boolean }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const texts = ADMIN_TEXTS.lifecycle.duplicate;
  return (
    <>
      <Button
        kind="quiet"
        isInert={isInert}
        onPress={() => {
          setIsOpen(true);
          dialog.current?.showModal();
        }}
      >
        {texts.action}
      </Button>
      <dialog
        class="dialog"
        ref={dialog}
        aria-labelledby={`${id}-ask`}
        aria-describedby={`${id}-body`}
        // The next time it begins anew.
        onClose={() => setIsOpen(false)}
      >
        <h2 id={`${id}-ask`}>{texts.ask}</h2>
        <p id={`${id}-body`}>{texts.body}</p>
        {isOpen && <CopyForm event={event} onKeep={() => dialog.current?.close()} />}
      </dialog>
    </>
  );
}

function CopyForm({ event, onKeep }: { event: AdminEvent; onKeep(): void }) {
  const { clock } = useShop();
  const admin = useAdmin();
  const once = useCreationKey();
  const leaveFor = useLeaving();
  const { isSending, problem, run } = useAction();
  const { timeZone, planned } = event;
  const texts = ADMIN_TEXTS.lifecycle.duplicate;
  const [title, setTitle] = useState(event.title);
  const [startsAt, setStartsAt] = useState(() => {
    const times = timesOfCopy({ ...planned, timeZone }, clock.nowMs());
    return times ? wallClock(Date.parse(times.startsAt), timeZone) : '';
  });
  const [unread, setUnread] = useState<{ path: string; message: string }[]>([]);
  const form = useFaultFocus(unread, problem);
  const errors = unread.length > 0 ? unread : (problem?.fields ?? []);
  const times = startsAt && timesOfCopy({ ...planned, timeZone, asked: startsAt }, clock.nowMs());

  function submit() {
    const faults = startsAt === '' ? [{ path: 'startsAt', message: DRAFT_FAULTS.time }] : [];
    setUnread(faults);
    if (faults.length > 0) return;
    const named = title.trim() === '' ? {} : { title };
    run(
      () => once((key) => admin.duplicateEvent(event.id, { ...named, startsAt }, key)),
      ({ id }) => leaveFor({ path: `/admin/events/${id}`, text: texts.done }),
    );
  }
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submit();
      }}
    >
      <TitleField title={title} errors={errors} onTitle={setTitle} />
      <Labelled
        label={texts.opens}
        hint={texts.hint(timeZone.replaceAll('_', ' '))}
        errors={errors}
        path="startsAt"
      >
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={startsAt}
            onInput={({ currentTarget }) => setStartsAt(currentTarget.value)}
          />
        )}
      </Labelled>
      {times && <CopyTimes {...times} timeZone={timeZone} />}
      {unread.length > 0 && <ProblemNotice problem={{ code: 'malformed' }} />}
      {unread.length === 0 && problem && <FormProblem problem={problem} />}
      <div class="dialog-actions">
        <Button kind="quiet" onPress={onKeep}>
          {ADMIN_TEXTS.no}
        </Button>
        <Button type="submit" isInert={isSending}>
          {isSending ? ADMIN_TEXTS.saving : texts.make}
        </Button>
      </div>
    </form>
  );
}

interface TitleFieldProps {
  readonly title: string;
  readonly errors: readonly { path: string; message: string }[];
  onTitle(title: string): void;
}

/** As the contract has it. */
const TITLE_CHARS_MAX = 120;

function TitleField({ title, errors, onTitle }: TitleFieldProps) {
  return (
    <Labelled label={ADMIN_TEXTS.eventTitle} errors={errors} path="title">
      {(control) => (
        <input
          {...control}
          type="text"
          dir="auto"
          maxLength={TITLE_CHARS_MAX}
          value={title}
          onInput={({ currentTarget }) => onTitle(currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

/** When the copy opens by the seller's clock, where that is another one, and when it closes. */
function CopyTimes(props: { startsAt: string; endsAt: string; timeZone: string }) {
  const { startsAt, endsAt, timeZone } = props;
  const { locale, timeZone: ownZone } = useShop();
  const texts = ADMIN_TEXTS.lifecycle.duplicate;
  return (
    <>
      {ownZone !== timeZone && (
        <p>{texts.ownClock(formatInstant(startsAt, { locale, timeZone: ownZone }))}</p>
      )}
      <p>{texts.closes(formatInstant(endsAt, { locale, timeZone }))}</p>
    </>
  );
}
