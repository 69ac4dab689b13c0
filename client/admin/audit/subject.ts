/** What an entry of the audit log is about, by its name, and the page that leads on from it. Pure. */
import { LANGUAGE_NAMES } from '../../texts/language.ts';
import { TEXTS } from '../../texts/texts.ts';
import type { AuditRecord } from '../api/admin-api.ts';
import { legalPlaceOf } from '../legal/legal-place.ts';
import { orderPath, singleOrderPath } from '../orders/order-filter.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { fieldsOf } from './changes.ts';

export interface Named {
  readonly text: string;
  /** Left out where there is no page about it any more. */
  readonly href?: string;
}

export function actorOf({ actor, names }: AuditRecord): Named {
  const { actors } = ADMIN_TEXTS.audit;
  if (actor.startsWith('usr_')) {
    return { text: names.actor ?? actors.gone, href: auditPath({ actor }) };
  }
  if (actor === 'anonymous') return { text: actors.anonymous };
  return { text: actor === 'shop' ? actors.shop : actors.command(actor) };
}

export function subjectOf(entry: AuditRecord): Named {
  const { subject, names } = entry;
  const { subjects, order } = ADMIN_TEXTS.audit;
  const name = names.subject;
  const item = names.itemId && `/admin/catalogue/${names.itemId}`;
  const event = names.event && `/admin/events/${names.event.id}`;
  switch (subject.slice(0, 4)) {
    case 'evt_':
      return { text: name ?? recordedName(entry) ?? subjects.evt, ...(event && { href: event }) };
    case 'evi_':
      return { text: name ?? subjects.evi, ...(event && { href: event }) };
    case 'itm_':
      return { text: name ?? recordedName(entry) ?? subjects.itm, ...(item && { href: item }) };
    case 'ord_':
      return {
        text: order(names.orderNumber ?? ''),
        href: singleOrderPath(subject, {}),
      };
    case 'usr_':
      return { text: name ?? subjects.usr, href: orderPath({ customer: subject }) };
    case 'ent_':
      return { text: name ?? subjects.ent, ...(event && { href: `${event}/queue` }) };
    case 'rev_':
      return { text: subjects.rev, ...(item && { href: item }) };
    case 'cmt_':
      return { text: subjects.cmt, ...(names.event && { href: `/events/${names.event.id}` }) };
    case 'pic_':
      return { text: subjects.pic };
    default:
      return legalPageOf(subject) ?? { text: subjects.other };
  }
}

export function eventOf({ names: { event } }: AuditRecord): Named {
  if (event === null) return { text: ADMIN_TEXTS.audit.subjects.evt };
  return { text: event.title, href: `/admin/events/${event.id}` };
}

export function auditPath(filter: Readonly<Record<string, string>>): string {
  return `/admin/audit?${new URLSearchParams(filter)}`;
}

/** What is gone by now was called so when it was recorded. */
function recordedName({ before, after }: AuditRecord): string | undefined {
  for (const side of [after, before]) {
    const { title, name = title } = fieldsOf(side);
    if (typeof name === 'string') return name;
  }
  return undefined;
}

/** @param subject as the log has it, such as `imprint/de` */
function legalPageOf(subject: string): Named | undefined {
  const [page = '', language = ''] = subject.split('/');
  const place = legalPlaceOf(page, language);
  if (place === undefined) return undefined;
  const text = ADMIN_TEXTS.legal.editing(TEXTS.legal[place.page], LANGUAGE_NAMES[place.language]);
  return { text, href: `/admin/legal/${subject}` };
}
