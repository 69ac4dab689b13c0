/** What an event's screen has behind its items: what is announced of it, and the way to its report. */
import {
  EventAnnouncements,
  type EventAnnouncementsProps,
} from '../announcements/event-announcements.tsx';
import { CardGalleries } from '../gallery/card-galleries.tsx';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

export function AfterEvent(props: EventAnnouncementsProps) {
  const { id, status, reportPublic } = props.event;
  return (
    <>
      {status === 'closed' && reportPublic && (
        <p>
          {/* Only the server draws it, so that the page is loaded. */}
          <a class="facts-link" href={`/events/${id}/report`} target="_top">
            {LAZY_TEXTS.reportLink}
          </a>
        </p>
      )}
      <CardGalleries items={props.event.items} />
      <EventAnnouncements {...props} />
    </>
  );
}
