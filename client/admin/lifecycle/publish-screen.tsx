/** `/admin/events/:id/publish`: what everybody will see, line by line, and the button that shows it to them. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { LegalList, LegalPage } from '../../../worker/contract/legal.ts';
import type { CallProblem, Result } from '../../api/call-problem.ts';
import { useShop } from '../../shop/shop.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { Empty, Failed, Loading } from '../../ui/page-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { Versioned } from '../api/asking.ts';
import { refreshIfChanged, useAction } from '../api/use-action.ts';
import { groupedByItem } from '../events/item-lines.ts';
import { takesPayments } from '../events/takes-payments.ts';
import { faultText } from '../forms/fault-text.ts';
import { useLeaving } from '../forms/saved-note.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { type CheckLine, publishChecks } from './publish-checks.ts';

interface ToPublish {
  readonly event: Versioned<AdminEvent>;
  readonly legalPages: readonly LegalPage[] | undefined;
}

/** Other admins may change it meanwhile, and its opening comes nearer. */
const EVERY_MS = 15_000;

export function PublishScreen({ id }: { id: string }) {
  const texts = ADMIN_TEXTS.lifecycle.publish;
  useDocumentTitle(texts.title);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled<ToPublish>({
    of: 'publish',
    key: id,
    load: () => loadChecked(admin, id),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  return (
    <div class="narrow">
      <p class="back">
        <a href={`/admin/events/${id}`}>{ADMIN_TEXTS.back.event}</a>
      </p>
      <Heading>{texts.title}</Heading>
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
      {value?.event.published && <Empty text={texts.already} />}
      {value && !value.event.published && <Checks {...value} onStale={refresh} />}
    </div>
  );
}

function Checks({ event, legalPages, onStale }: ToPublish & { onStale(): void }) {
  const texts = ADMIN_TEXTS.lifecycle.publish;
  const admin = useAdmin();
  const leaveFor = useLeaving();
  const { clock, locale, sendsMail } = useShop();
  const { isSending, problem, run } = useAction();
  const lines = publishChecks({
    event,
    nowMs: clock.nowMs(),
    locale,
    takesPayments: takesPayments(),
    sendsMail,
    legalPages,
  });
  const isBlocked = lines.some(({ state }) => state === 'wrong');
  const publish = () => refreshIfChanged(admin.publishEvent(event.id, event.version), onStale);
  return (
    <>
      <p class="lead">
        <strong dir="auto">{event.title}</strong>
      </p>
      <p class="life-lead">{texts.lead}</p>
      <ul class="checks" aria-label={texts.checks}>
        {lines.map((line, n) => (
          <Line key={`${n} ${line.name}`} line={line} />
        ))}
      </ul>
      {isBlocked && <p class="notice">{texts.blocked}</p>}
      {problem && <Refusal problem={problem} event={event} />}
      <div class="actions">
        <Button
          isInert={isBlocked || isSending}
          onPress={() =>
            run(publish, () => leaveFor({ path: `/admin/events/${event.id}`, text: texts.done }))
          }
        >
          {isSending ? ADMIN_TEXTS.saving : texts.action}
        </Button>
      </div>
    </>
  );
}

function Line({ line: { name, facts, state, mend } }: { line: CheckLine }) {
  const texts = ADMIN_TEXTS.lifecycle.publish;
  return (
    <li class={`check-line check-${state}`}>
      <h2 class="check-name" dir="auto">
        {name}
      </h2>
      <p class="check-state">{texts.states[state]}</p>
      {facts.map((fact) => (
        <p key={fact}>{fact}</p>
      ))}
      {mend && state !== 'good' && (
        <p>
          <a href={mend.href} aria-label={`${mend.text}: ${name}`}>
            {mend.text}
          </a>
        </p>
      )}
    </li>
  );
}

/** What the server finds that this page did not. */
function Refusal({ problem, event }: { problem: CallProblem; event: AdminEvent }) {
  const { refused } = ADMIN_TEXTS.lifecycle.publish;
  const { fields = [] } = problem;
  return (
    <ProblemNotice problem={problem}>
      {fields.length > 0 && <p>{refused}</p>}
      {fields.length > 0 && (
        <ul>
          {fields.map(({ path, message }) => (
            <li key={path}>
              <strong dir="auto">{nameOf(path, event)}:</strong> {faultText(message)}
            </li>
          ))}
        </ul>
      )}
    </ProblemNotice>
  );
}

/** A field of the plan by what the form calls it, and one of an item by the item. */
function nameOf(path: string, { items }: AdminEvent): string {
  const [field = '', n] = path.split('.');
  if (field === 'items') {
    return groupedByItem(items)[Number(n)]?.first.name ?? ADMIN_TEXTS.itemsTitle;
  }
  if (field === 'coverUrl') return ADMIN_TEXTS.pictures.cover;
  if (field === 'title') return ADMIN_TEXTS.eventTitle;
  const name = (ADMIN_TEXTS as Readonly<Record<string, unknown>>)[field];
  return typeof name === 'string' ? name : field;
}

async function loadChecked(admin: AdminApi, id: string): Promise<Result<ToPublish>> {
  const [event, legal] = await Promise.all([admin.getEvent(id), admin.legalPages()]);
  if (!event.ok) return event;
  return { ok: true, value: { event: event.value, legalPages: pagesOf(legal) } };
}

/** Without them the rest can be checked all the same. */
function pagesOf(legal: Result<LegalList>): readonly LegalPage[] | undefined {
  return legal.ok ? legal.value.pages.map(({ page }) => page) : undefined;
}
