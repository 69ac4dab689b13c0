/** The one place from which the page speaks by itself to screen readers. Must not be seen. */

export interface AnnouncerProps {
  readonly text: string;
  /** Another one for each text, so that the same words can be announced twice. */
  readonly turn: number;
}

export function Announcer({ text, turn }: AnnouncerProps) {
  return (
    <div class="visually-hidden" aria-live="polite">
      {text && <p key={turn}>{text}</p>}
    </div>
  );
}
