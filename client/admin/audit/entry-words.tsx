/** An entry of the audit log: a sentence with names that lead on, what changed, and how it was recorded. */
import type { ComponentChildren } from 'preact';
import type { AuditAction } from '../../../worker/contract/audit-actions.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import type { AuditRecord } from '../api/admin-api.ts';
import { formatMoment } from '../lists/time-cell.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { changeText } from './change-text.ts';
import { changesOf, type Spoken, saidOf } from './changes.ts';
import { actorOf, auditPath, eventOf, type Named, subjectOf } from './subject.ts';

export function EntryWords({ entry }: { entry: AuditRecord }) {
  const spoken = useSpoken(entry);
  const changes = changesOf(entry, spoken);
  return (
    <div class="audit-entry">
      <p class="audit-sentence">
        <Sentence entry={entry} spoken={spoken} />
      </p>
      <Recorded entry={entry} />
      {changes.length > 0 && (
        <ul class="audit-changes">
          {changes.map(({ field, before, after }) => (
            <li key={field}>
              <span class="audit-field">{field}</span>{' '}
              {before !== null && (
                <>
                  <del>{before}</del> <span aria-hidden="true">→</span>{' '}
                </>
              )}
              <ins>{after}</ins>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function useSpoken({ names: { event } }: AuditRecord): Spoken {
  const { locale } = useShop();
  const { audit: texts, number } = ADMIN_TEXTS;
  return {
    texts,
    number,
    instant: (at) => formatMoment(at, locale),
    // Without an event nobody knows the currency any more.
    money: (cents) =>
      event === null
        ? number(cents / 100)
        : formatMoney(cents, { currency: event.currency, locale }),
  };
}

function Sentence({ entry, spoken }: { entry: AuditRecord; spoken: Spoken }) {
  const { action, before, after } = entry;
  const { sentences, otherSentence, nothing } = ADMIN_TEXTS.audit;
  const sentence = Object.hasOwn(sentences, action)
    ? sentences[action as AuditAction]
    : otherSentence;
  const said: Readonly<Record<string, () => ComponentChildren>> = {
    who: () => <Name named={actorOf(entry)} />,
    what: () => <Name named={subjectOf(entry)} isMain />,
    event: () => <Name named={eventOf(entry)} />,
    amount: () => saidOf(after, 'amountCents', spoken) ?? nothing,
    before: () => saidOf(before, 'total', spoken) ?? nothing,
    after: () => saidOf(after, 'total', spoken) ?? nothing,
  };
  return <>{sentence.split(/\{(\w+)\}/).map((part, n) => (n % 2 === 0 ? part : said[part]?.()))}</>;
}

function Name({ named: { text, href }, isMain = false }: { named: Named; isMain?: boolean }) {
  if (href === undefined) return <bdi>{text}</bdi>;
  return (
    <a href={href} dir="auto" data-main={isMain}>
      {text}
    </a>
  );
}

/** For whoever has to look closer: the action and its ids, and what was before and after as JSON. */
function Recorded({ entry }: { entry: AuditRecord }) {
  const { audit } = ADMIN_TEXTS;
  const { action, actor, subject, before, after } = entry;
  const [who, what] = [actorOf(entry), subjectOf(entry)];
  return (
    <details class="audit-change">
      <summary>{audit.raw}</summary>
      <p class="row-meta">
        <a href={auditPath({ actor })}>{audit.allBy(who.text)}</a>
        <a href={auditPath({ subject })}>{audit.allAbout(what.text)}</a>
      </p>
      <p class="row-meta">
        {audit.recordedAs}
        <span class="row-id">{action}</span>
        <span class="row-id">{actor}</span>
        <span class="row-id">{subject}</span>
      </p>
      {(before !== null || after !== null) && (
        <dl>
          <div>
            <dt>{audit.before}</dt>
            <dd>
              <pre>{changeText(before)}</pre>
            </dd>
          </div>
          <div>
            <dt>{audit.after}</dt>
            <dd>
              <pre>{changeText(after)}</pre>
            </dd>
          </div>
        </dl>
      )}
    </details>
  );
}
