/** What admins ask of an event as a whole: published, opened, closed, its texts corrected, planned once more, deleted. Typed. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type {
  DuplicateInput,
  EventTexts,
  PreviewLink,
} from '../../../worker/contract/event-lifecycle.ts';
import type { Call } from '../../api/api.ts';
import { type Ask, ifMatch, tagged, type Versioned, withKey } from './asking.ts';

export interface LifecycleCalls {
  /** A link that shows it to whoever has the link, for some days. */
  previewEvent(id: string): Call<PreviewLink>;
  /** @param version of what was checked: nothing else is shown to everybody */
  publishEvent(id: string, version?: string): Call<Versioned<AdminEvent>>;
  openEvent(id: string, version?: string): Call<Versioned<AdminEvent>>;
  /** Whatever was changed meanwhile: what is to stop, stops. */
  closeEvent(id: string): Call<Versioned<AdminEvent>>;
  /** At any time; whoever watches the event is shown them. */
  correctTexts(id: string, texts: EventTexts, version?: string): Call<Versioned<AdminEvent>>;
  /** @param key one per form, the same for every repetition of it */
  duplicateEvent(id: string, input: DuplicateInput, key?: string): Call<AdminEvent>;
  /** Only where nothing was ever held, sold or entered. */
  deleteEvent(id: string, version?: string): Call<null>;
}

export function lifecycleCalls(ask: Ask): LifecycleCalls {
  return {
    previewEvent: (id) =>
      ask(({ events }, as) => events[':id'].preview.$post({ param: { id } }, as)),
    publishEvent: (id, version) =>
      ask(({ events }, as) =>
        tagged(events[':id'].publish.$post({ param: { id } }, ifMatch(as, version))),
      ),
    openEvent: (id, version) =>
      ask(({ events }, as) =>
        tagged(events[':id'].open.$post({ param: { id } }, ifMatch(as, version))),
      ),
    closeEvent: (id) =>
      ask(({ events }, as) => tagged(events[':id'].close.$post({ param: { id } }, as))),
    correctTexts: (id, json, version) =>
      ask(({ events }, as) =>
        tagged(events[':id'].texts.$patch({ param: { id }, json }, ifMatch(as, version))),
      ),
    duplicateEvent: (id, json, key) =>
      ask(({ events }, as) =>
        events[':id'].duplicate.$post({ param: { id }, json }, withKey(as, key)),
      ),
    deleteEvent: (id, version) =>
      ask(({ events }, as) => events[':id'].$delete({ param: { id } }, ifMatch(as, version))),
  };
}
