/** `/admin/audit`: who changed what, the latest first. */

import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { useKept } from '../../shop/use-kept.ts';
import { LANGUAGE_NAMES } from '../../texts/language.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Heading } from '../../ui/heading.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { AuditFilter, AuditRecord } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { legalPlaceOf } from '../legal/legal-place.ts';
import { Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { Rows } from '../lists/rows.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { changeText, reasonIn } from './change-text.ts';

export function AuditScreen() {
  useDocumentTitle(ADMIN_TEXTS.sections.audit);
  const admin = useAdmin();
  const [filter, setFilter] = useKept<AuditFilter>('filter', {});
  return (
    <>
      <header class="admin-head">
        <Heading>{ADMIN_TEXTS.sections.audit}</Heading>
      </header>
      <Filters
        texts={{
          action: ADMIN_TEXTS.auditAction,
          actor: ADMIN_TEXTS.auditActor,
          subject: ADMIN_TEXTS.auditSubject,
        }}
        action={ADMIN_TEXTS.auditFilter}
        onApply={setFilter}
      />
      <Listing
        of={JSON.stringify(filter)}
        empty={ADMIN_TEXTS.auditEmpty}
        load={async (cursor) => {
          const result = await admin.listAudit(filter, cursor);
          if (!result.ok) return result;
          const { entries, nextCursor } = result.value;
          const named = entries.map((entry) => ({ id: String(entry.id), entry }));
          return { ok: true, value: { entries: named, nextCursor } };
        }}
      >
        {(entries) => <Rows entries={entries}>{({ entry }) => <AuditRow entry={entry} />}</Rows>}
      </Listing>
    </>
  );
}

function AuditRow({ entry }: { entry: AuditRecord }) {
  const { locale } = useShop();
  const { at, actor, action, subject, before, after } = entry;
  const words = actionWords(action, subject);
  const why = words && reasonIn(after);
  return (
    <article class="row-words">
      <h2 class="row-title">{words ?? action}</h2>
      {why && <p dir="auto">{ADMIN_TEXTS.queue.disqualify.because(why)}</p>}
      <p class="row-meta">
        <span>{formatInstant(at, { locale })}</span>
        {words && <span class="row-id">{action}</span>}
        <span class="row-id">{actor}</span>
        <span class="row-id">{`→\u00a0${subject}`}</span>
      </p>
      {(before !== null || after !== null) && <Change before={before} after={after} />}
    </article>
  );
}

/** Of what is more than a change of fields. */
function actionWords(action: string, subject: string): string | undefined {
  const { cancelling, queue, order, legal, face } = ADMIN_TEXTS;
  const words: Readonly<Record<string, string>> = {
    'event.cancel': cancelling.done,
    'queue.disqualify': queue.disqualify.done,
    'order.mail': order.mail.audit,
    'order.export_unsent': order.exportedUnsent,
    'legal.write': legal.written(legalTextName(subject)),
    'legal.delete': legal.deleted(legalTextName(subject)),
    'shop.edit': face.act,
  };
  return Object.hasOwn(words, action) ? words[action] : undefined;
}

/** @param subject as the log has it, such as `imprint/de` */
function legalTextName(subject: string): string {
  const [page = '', language = ''] = subject.split('/');
  const place = legalPlaceOf(page, language);
  if (place === undefined) return subject;
  return ADMIN_TEXTS.legal.editing(TEXTS.legal[place.page], LANGUAGE_NAMES[place.language]);
}

/** A sign-in or an export has none. */
function Change({ before, after }: Pick<AuditRecord, 'before' | 'after'>) {
  return (
    <details class="audit-change">
      <summary>{ADMIN_TEXTS.auditChange}</summary>
      <dl>
        <div>
          <dt>{ADMIN_TEXTS.auditBefore}</dt>
          <dd>
            <pre>{changeText(before)}</pre>
          </dd>
        </div>
        <div>
          <dt>{ADMIN_TEXTS.auditAfter}</dt>
          <dd>
            <pre>{changeText(after)}</pre>
          </dd>
        </div>
      </dl>
    </details>
  );
}
