/** The one button. Must not know what it does. */
import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: 'primary' | 'quiet' | 'plain';
  readonly type?: 'button' | 'submit';
  /** Cannot be pressed now. It keeps the focus all the same, so one can wait on it. */
  readonly isInert?: boolean;
  readonly label?: string;
  /** Of a button that shows more beside it, and hides it again. */
  readonly isExpanded?: boolean;
  onPress?(): void;
}

export function Button({ children, kind = 'primary', type = 'button', ...rest }: ButtonProps) {
  const { isInert = false, isExpanded, label, onPress } = rest;
  return (
    <button
      class={`button button-${kind}`}
      type={type}
      aria-disabled={isInert}
      {...(label && { 'aria-label': label })}
      {...(isExpanded !== undefined && { 'aria-expanded': isExpanded })}
      onClick={(event) => {
        if (isInert) event.preventDefault();
        else onPress?.();
      }}
    >
      {children}
    </button>
  );
}
