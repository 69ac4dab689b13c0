/** Which of the admin's screens an address names. Must not navigate. */

import type { LegalPlace } from './api/legal-calls.ts';
import { legalPlaceOf } from './legal/legal-place.ts';

/** Areas with a screen of the area's own name, beside others or alone. */
type Single = 'orders' | 'customers' | 'moderation' | 'outbox' | 'legal' | 'shop' | 'audit';

export type Place =
  | { readonly name: 'home' | 'events' | 'new-event' | 'catalogue' | 'new-item' | Single }
  | { readonly name: 'legal-text'; readonly place: LegalPlace }
  | {
      readonly name:
        | 'event'
        | 'edit-event'
        | 'publish-event'
        | 'event-texts'
        | 'queue'
        | 'report'
        | 'item'
        | 'order';
      readonly id: string;
    };

/** @returns null where the address names nothing. */
export function placeOf(path: string): Place | null {
  const [area, ...rest] = path
    .replace(/^\/admin\/?/, '')
    .replace(/\/$/, '')
    .split('/');
  const [id, verb, ...beyond] = rest;
  if (beyond.length > 0) return null;
  if (area === '') return { name: 'home' };
  if (area === 'events') return eventPlace(id, verb);
  if (area === 'legal' && id !== undefined) return legalPlace(id, verb);
  if (verb !== undefined) return null;
  if (area === 'catalogue') return itemPlace(id);
  if (area === 'orders' && id !== undefined) return { name: 'order', id };
  return isSingle(area) && id === undefined ? { name: area } : null;
}

export function isSingle(area: string | undefined): area is Single {
  return SINGLES.some((single) => single === area);
}

const SINGLES: readonly Single[] = [
  'orders',
  'customers',
  'moderation',
  'outbox',
  'legal',
  'shop',
  'audit',
];

function eventPlace(id: string | undefined, verb: string | undefined): Place | null {
  if (id === undefined) return { name: 'events' };
  if (verb === undefined) return id === 'new' ? { name: 'new-event' } : { name: 'event', id };
  if (verb === 'queue' || verb === 'report') return { name: verb, id };
  if (verb === 'texts') return { name: 'event-texts', id };
  if (verb === 'publish') return { name: 'publish-event', id };
  return verb === 'edit' ? { name: 'edit-event', id } : null;
}

function legalPlace(page: string, language = ''): Place | null {
  const place = legalPlaceOf(page, language);
  return place ? { name: 'legal-text', place } : null;
}

function itemPlace(id: string | undefined): Place {
  if (id === undefined) return { name: 'catalogue' };
  return id === 'new' ? { name: 'new-item' } : { name: 'item', id };
}
