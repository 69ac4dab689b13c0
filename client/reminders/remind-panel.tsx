/** A button with a bell, and what is told at it until one closes it. Must not know who is reminded of what. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { REMINDER_PLACE } from '../account/sign-in-wish.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { useFocusRescue } from '../ui/use-page.ts';

export interface RemindPanelProps {
  /** Of the button. */
  readonly label: string;
  readonly isOn: boolean;
  /** Cannot be pressed now. */
  readonly isInert?: boolean;
  readonly isOpen: boolean;
  readonly title: string;
  readonly children: ComponentChildren;
  onPress(): void;
  onClose(): void;
}

export function RemindPanel(props: RemindPanelProps) {
  const { label, isOn, isInert = false, isOpen, title, children, onPress, onClose } = props;
  const id = useId();
  const opener = useFocusRescue<HTMLButtonElement>(isOpen);
  const note = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    // Also where it begins near the end of a small screen.
    note.current?.scrollIntoView?.({ block: 'nearest' });
    const look = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') onClose();
    };
    addEventListener('keydown', look);
    return () => removeEventListener('keydown', look);
  }, [isOpen]);
  return (
    <div class="remind" id={REMINDER_PLACE}>
      <button
        class="facts-link"
        type="button"
        ref={opener}
        aria-expanded={isOpen}
        aria-disabled={isInert}
        {...(isOpen && { 'aria-controls': id })}
        onClick={() => {
          if (!isInert) onPress();
        }}
      >
        <svg class={isOn ? 'bell bell-on' : 'bell'} viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4ZM10 21h4" />
        </svg>
        {label}
      </button>
      {isOpen && (
        <section class="remind-note" ref={note} id={id} aria-labelledby={`${id}-title`}>
          <p class="remind-title" id={`${id}-title`}>
            {title}
          </p>
          {children}
          <button
            class="remind-close"
            type="button"
            aria-label={LAZY_TEXTS.account.closeReminder}
            onClick={onClose}
          >
            <span aria-hidden="true">×</span>
          </button>
        </section>
      )}
    </div>
  );
}
