/** `/admin/moderation`: what customers reported and what was hidden, and the admin's word on it. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Reported, ReportState } from '../../../worker/contract/reviews.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { useKept } from '../../shop/use-kept.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useDocumentTitle, useFocusRescue } from '../../ui/use-page.ts';
import type { Moderated, ReportFilter } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { Choice } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { Rows } from '../lists/rows.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

const KINDS = ['reviews', 'comments'] as const;
const STATES = ['open', 'hidden'] as const;

export function ModerationScreen() {
  const { moderation } = ADMIN_TEXTS;
  useDocumentTitle(moderation.title);
  const [filter, setFilter] = useKept<ReportFilter>('filter', { of: 'reviews', state: 'open' });
  return (
    <>
      <header class="admin-head">
        <Heading>{moderation.title}</Heading>
      </header>
      <search class="filters">
        <Choice<Moderated>
          label={moderation.of}
          options={KINDS.map((kind) => [kind, moderation.kinds[kind]] as const)}
          value={filter.of}
          onChoose={(of = 'reviews') => setFilter({ ...filter, of })}
        />
        <Choice<ReportState>
          label={moderation.state}
          options={STATES.map((state) => [state, moderation.states[state]] as const)}
          value={filter.state}
          onChoose={(state = 'open') => setFilter({ ...filter, state })}
        />
      </search>
      <Entries key={JSON.stringify(filter)} filter={filter} />
    </>
  );
}

function Entries({ filter }: { filter: ReportFilter }) {
  const { moderation } = ADMIN_TEXTS;
  const admin = useAdmin();
  // What was decided is no longer listed; it stays in sight here, so that it can be taken back.
  const [decided, setDecided] = useState<readonly Reported[]>([]);

  function onDecided(now: Reported) {
    setDecided((before) => [now, ...before.filter(({ id }) => id !== now.id)]);
  }
  return (
    <>
      <Listing
        of={JSON.stringify(filter)}
        empty={moderation.empty[filter.state]}
        load={async (cursor) => {
          const result = await admin.listReports(filter, cursor);
          if (!result.ok) return result;
          const { reports, nextCursor } = result.value;
          return { ok: true, value: { entries: reports, nextCursor } };
        }}
      >
        {(entries, refresh) => (
          <Rows entries={entries}>
            {(reported) =>
              !decided.some(({ id }) => id === reported.id) && (
                <ReportRow
                  reported={reported}
                  onDecided={(now) => {
                    onDecided(now);
                    refresh();
                  }}
                />
              )
            }
          </Rows>
        )}
      </Listing>
      <Decided decided={decided} onDecided={onDecided} />
    </>
  );
}

interface RowProps {
  readonly reported: Reported;
  onDecided(now: Reported): void;
}

function ReportRow({ reported, onDecided }: RowProps) {
  const { moderation } = ADMIN_TEXTS;
  const { locale } = useShop();
  const { reports, reportedAt, reasons, hidden } = reported;
  return (
    <article class="row-line">
      <div class="row-words">
        <p class="row-meta">
          {hidden && <span class="badge badge-closed">{moderation.hidden}</span>}
          <span>{moderation.reports(reports)}</span>
          {reportedAt && (
            <span>{moderation.reportedAt(formatInstant(reportedAt, { locale }))}</span>
          )}
        </p>
        <Words reported={reported}>
          {reasons.length > 0 && (
            <ul class="reasons">
              {countsOf(reasons).map(([reason, count]) => (
                <li key={reason}>{moderation.reasonCount(moderation.reasons[reason], count)}</li>
              ))}
            </ul>
          )}
        </Words>
      </div>
      <Decision
        reported={reported}
        to={hidden ? ['restore'] : ['hide', 'restore']}
        onDecided={onDecided}
      />
    </article>
  );
}

function Decided({
  decided,
  onDecided,
}: Pick<RowProps, 'onDecided'> & { decided: readonly Reported[] }) {
  const { moderation } = ADMIN_TEXTS;
  return (
    <div class="decided" aria-live="polite">
      {decided.length > 0 && (
        <>
          <h2>{moderation.decidedTitle}</h2>
          <ul class="rows">
            {decided.map((reported) => (
              <li class="row" key={reported.id}>
                <DecidedRow reported={reported} onDecided={onDecided} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function DecidedRow({ reported, onDecided }: RowProps) {
  const { moderation } = ADMIN_TEXTS;
  const { hidden } = reported;
  return (
    <article class="row-line">
      <div class="row-words">
        <p class="row-meta">
          <span class={`badge badge-${hidden ? 'closed' : 'confirmed'}`}>
            {hidden ? moderation.hidden : moderation.kept}
          </span>
        </p>
        <Words reported={reported} />
      </div>
      <Decision reported={reported} to={[hidden ? 'restore' : 'hide']} onDecided={onDecided} />
    </article>
  );
}

function Words({
  reported,
  children,
}: Pick<RowProps, 'reported'> & { children?: ComponentChildren }) {
  const { moderation } = ADMIN_TEXTS;
  const { locale } = useShop();
  const { kind, text, author, subjectId, createdAt } = reported;
  const place = kind === 'review' ? `/admin/catalogue/${subjectId}` : `/events/${subjectId}`;
  return (
    <>
      <blockquote class="user-text" dir="auto">
        {text || moderation.noText}
      </blockquote>
      {children}
      <p class="row-meta">
        <span dir="auto">{author.name ?? moderation.gone}</span>
        <span>{moderation.written(formatInstant(createdAt, { locale }))}</span>
        <a href={place}>{moderation.place[kind]}</a>
      </p>
    </>
  );
}

type Verb = 'hide' | 'restore';

function Decision({ reported, to, onDecided }: RowProps & { to: readonly Verb[] }) {
  const admin = useAdmin();
  const { moderation, actionFor } = ADMIN_TEXTS;
  const { isSending, problem, run } = useAction();
  const buttons = useFocusRescue<HTMLDivElement>(isSending);
  const wordOf = (verb: Verb) => {
    if (verb === 'hide') return moderation.hide;
    return reported.hidden ? moderation.restore : moderation.keep;
  };
  return (
    <>
      <div class="decision" ref={buttons} tabIndex={-1}>
        {to.map((verb) => (
          <Button
            key={verb}
            kind="quiet"
            isInert={isSending}
            label={actionFor(wordOf(verb), reported.text || moderation.noText)}
            onPress={() => run(() => admin.moderate(reported, verb), onDecided)}
          >
            {wordOf(verb)}
          </Button>
        ))}
      </div>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

/** Each reason once, the most frequent first. */
function countsOf(reasons: Reported['reasons']) {
  const counts = Map.groupBy(reasons, (reason) => reason);
  return [...counts]
    .map(([reason, all]) => [reason, all.length] as const)
    .toSorted(([, a], [, b]) => b - a);
}
