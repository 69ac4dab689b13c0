/** What an event's screen says aloud, fetched once the screen is there: nothing is news before. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventAnnouncementsProps } from './event-announcements.tsx';

export function LateAnnouncements(props: EventAnnouncementsProps) {
  const [Speaking, setSpeaking] = useState<ComponentType<EventAnnouncementsProps> | null>(null);
  useEffect(() => {
    import('./event-announcements.tsx').then(
      ({ EventAnnouncements }) => setSpeaking(() => EventAnnouncements),
      // The page is read without it, as it is drawn.
      () => {},
    );
  }, []);
  return Speaking && <Speaking {...props} />;
}
